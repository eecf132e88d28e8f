/** Key of a composite bucket: one value per source. Null: the documents have no value. */
export type Key = Readonly<Record<string, KeyValue>>;
type KeyValue = string | number | boolean | null;

/**
 * Compares keys in the order of a composite aggregation: source by source, ascending, missing values first
 * (Elasticsearch Guide: Composite aggregation, missing bucket).
 * @param names of the sources, in their order
 */
export function compareKeys(a: Key, b: Key, names: readonly string[]): number {
  for (const name of names) {
    const x = a[name] ?? null;
    const y = b[name] ?? null;
    if (x !== y) return compareValues(x, y);
  }
  return 0;
}

function compareValues(a: KeyValue, b: KeyValue): number {
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  return a < b ? -1 : 1;
}

/**
 * Elasticsearch compares UTF-8 bytes, which is code point order; JavaScript compares UTF-16, where surrogates are
 * in between.
 */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

const rank = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
