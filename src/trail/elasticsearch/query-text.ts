const MOST_VALUES = 100;
const SHOWN_VALUES = 10;

/** Access key IDs of users and sessions (IAM User Guide: IAM identifiers, unique ID prefixes). */
const KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]+/g;
/** Hides 12 characters of a 20-character ID. */
const SHOWN_OF_KEY = 4;

/** The body of a query as evidence: the first of long lists of values, and access key IDs shortened. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(KEY_ID, shortenedKey);
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    if (list.length <= MOST_VALUES) return list.map(shortened);
    return [...list.slice(0, SHOWN_VALUES).map(shortened), `… ${list.length - SHOWN_VALUES} more`];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

function shortenedKey(id: string): string {
  const end = id.length > 3 * SHOWN_OF_KEY ? id.slice(-SHOWN_OF_KEY) : '';
  return `${id.slice(0, SHOWN_OF_KEY)}…${end}`;
}
