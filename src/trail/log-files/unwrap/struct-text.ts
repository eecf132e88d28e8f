/** Allowed keys of a struct. */
export interface StructKeys {
  path(key: string): readonly string[] | undefined;
  inner(name: string | undefined): StructKeys | undefined;
}

/**
 * Parses a struct in the text format of Athena and CloudTrail Lake: `{type=IAMUser, arn=arn:aws:iam::…,
 * sessioncontext={…}}` (Athena User Guide: Query arrays with complex types and nested structures). The format has
 * no quotes, so only unambiguous text is accepted.
 * @returns undefined for other text
 */
export function parseStruct(text: string, keys: StructKeys): Record<string, unknown> | undefined {
  const reader = new StructReader(text);
  const struct = reader.struct(keys);
  return reader.at === text.length ? struct : undefined;
}

/** A type with further text, as in `{type=IAMUser; arn=…}`, is another format. */
const isWord = (value: unknown): boolean => typeof value === 'string' && /^\w+$/.test(value);
const NAME = /(\w+)=/y;
/** Stops at what can start another member or end the struct. */
const VALUE = /(?:[^{}[\],]|,(?! \w+=))*/y;
/** A struct or map with irrelevant keys. */
const FLAT = /\{[^{}]*\}/y;

class StructReader {
  at = 0;

  constructor(private readonly text: string) {}

  struct(keys: StructKeys): Record<string, unknown> | undefined {
    if (this.#take(/\{/y) === undefined) return undefined;
    const members = new Map<string, unknown>();
    do {
      const path = keys.path(this.#take(NAME)?.[1] ?? '');
      const [name = ''] = path ?? [];
      // A repeated or unknown key may be part of a value.
      if (path?.length !== 1 || members.has(name)) return undefined;
      const value = this.#value(keys.inner(name));
      if (value === undefined || (name === 'type' && !isWord(value))) return undefined;
      members.set(name, value === 'null' ? null : value);
    } while (this.#take(/, /y) !== undefined);
    return this.#take(/\}/y) === undefined ? undefined : Object.fromEntries(members);
  }

  #value(inner: StructKeys | undefined): unknown {
    if (this.text[this.at] !== '{') return this.#take(VALUE)?.[0];
    return inner === undefined ? this.#take(FLAT)?.[0] : this.struct(inner);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found ?? undefined;
  }
}
