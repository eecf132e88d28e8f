import { compareText } from '../base/compare.js';
import { actorKey, addCounts, compareActors, compareCalls } from './aggregate.js';
import type { PersonRow } from './types.js';

/** The person behind a role session. */
export interface Person {
  /** Shortened by `sessionLabel`. */
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
}

/** Fields that identify the person behind a session, null if absent. */
export interface RawPerson {
  /** userIdentity.sessionContext.sessionIssuer.arn */
  readonly issuerArn: string | null;
  /** userIdentity.arn: `arn:aws:sts::A:assumed-role/Role/NAME` */
  readonly arn: string | null;
  /** userIdentity.principalId: `AROAEXAMPLE:NAME` */
  readonly principalId: string | null;
  /** userIdentity.sessionContext.sourceIdentity */
  readonly sourceIdentity: string | null;
}

/** @returns null if the record is not from a role session */
export function personOf(raw: RawPerson): Person | null {
  if (raw.issuerArn?.includes(':role/') !== true) return null;
  const name = sessionNameOf(raw.arn) ?? nameInId(raw.principalId);
  if (name === null) return null;
  const sourceIdentity = raw.sourceIdentity === '' ? null : raw.sourceIdentity;
  return { sessionName: sessionLabel(name), sourceIdentity };
}

/** `arn:aws:sts::A:assumed-role/Role/NAME` -> `NAME` (CloudTrail User Guide: userIdentity element). */
export function sessionNameOf(arn: string | null): string | null {
  return /^arn:[^:]*:sts::[^:]*:assumed-role\/[^/]+\/(.+)$/s.exec(arn ?? '')?.[1] ?? null;
}

/** For records without ARN, or with a redacted one. */
const nameInId = (principalId: string | null): string | null =>
  /^AROA[^:]*:(.+)$/is.exec(principalId ?? '')?.[1] ?? null;

/** Generated parts of session names. Order matters: whole tokens before parts of them. */
const MACHINE_MADE: readonly (readonly [RegExp, string])[] = [
  [/\bi-[0-9a-f]{8,17}\b/gi, 'i-*'],
  // UUID
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '*'],
  // Pod of a Kubernetes deployment: hash of the template, hash of the pod (letters without vowels).
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}(?![A-Za-z0-9])/g, '-*'],
  // Hash or key: hexadecimal digits, or many letters and digits in a row, or the 32 letters of a Step Functions
  // session.
  [/(?<![A-Za-z0-9])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![A-Za-z0-9])/gi, '*'],
  [/(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{20,}(?![A-Za-z0-9])/g, '*'],
  [/^[A-Za-z]{32}$/, '*'],
  // Seconds since 1970 and other long numbers, dates with time, run numbers.
  [/\d{9,}/g, '*'],
  [/(?<!\d)\d{4}-?\d{2}-?\d{2}[T_-]\d{2}[:.-]?\d{2}([:.-]?\d{2})?(\.\d+)?Z?(?!\d)/g, '*'],
  [/(?<![A-Za-z])(build|run|job|session|execution|deploy|deployment|task|pipeline)([-_.#]?)\d+/gi, '$1$2*'],
];

/**
 * Replaces generated parts of a session name by `*` (`i-*`, `botocore-session-*`), so that one program has one
 * name. Email addresses stay unchanged.
 */
export function sessionLabel(name: string): string {
  // The patterns only match longer names or names with a digit.
  if (name.length < 15 && !/\d/.test(name)) return name;
  if (/^[^@\s]+@[^@\s]+\.[a-z]+$/i.test(name)) return name;
  return MACHINE_MADE.reduce((label, [pattern, mark]) => label.replace(pattern, mark), name);
}

/** Order of rows, the same in every engine. */
export function comparePeople(a: PersonRow, b: PersonRow): number {
  return compareActors(a.actor, b.actor) || comparePersons(a, b) || compareCalls(a, b);
}

export function comparePersons(a: Person, b: Person): number {
  return (
    compareText(a.sessionName, b.sessionName) || compareText(a.sourceIdentity ?? '', b.sourceIdentity ?? '')
  );
}

/** Merges rows with the same calls of the same person. */
export class PeopleAggregator {
  readonly #rows = new Map<string, PersonRow>();

  add(row: PersonRow): void {
    const key = [
      ...actorKey(row.actor),
      row.sessionName,
      row.sourceIdentity,
      row.recipientAccountId,
      row.eventSource,
      row.eventName,
      row.apiCall,
      row.outcome,
    ].join('\n');
    const before = this.#rows.get(key);
    this.#rows.set(key, before === undefined ? row : addCounts(before, row));
  }

  /** Sorted by `comparePeople`. */
  rows(): PersonRow[] {
    return [...this.#rows.values()].sort(comparePeople);
  }
}
