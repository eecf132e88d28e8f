import { getOrInsert } from '../base/maps.js';
import { actorKey } from './aggregate.js';
import type { Actor } from './types.js';

/** Fields that many rows share. */
const SHARED = [
  'recipientAccountId',
  'sessionName',
  'sourceIdentity',
  'eventSource',
  'eventName',
  'outcome',
  'errorCode',
  'week',
  'first',
  'last',
] as const;

/** Keeps one copy of equal strings: parsed answers have a copy in each row, which would use most of their memory. */
export class StringInterner {
  readonly #texts = new Map<string, string>();
  readonly #actors = new Map<string, Actor>();

  text(text: string): string {
    return getOrInsert(this.#texts, text, text);
  }

  actor(actor: Actor): Actor {
    return getOrInsert(this.#actors, actorKey(actor).join('\n'), actor);
  }

  /** Drops the index, which uses as much memory as it saved. */
  clear(): void {
    this.#texts.clear();
    this.#actors.clear();
  }

  row<T extends { readonly actor: Actor } & { readonly [Key in (typeof SHARED)[number]]?: string | null }>(
    row: T,
  ): T {
    const same: { -readonly [Key in (typeof SHARED)[number]]?: string } & { actor: Actor } = {
      actor: this.actor(row.actor),
    };
    for (const key of SHARED) {
      const text = row[key];
      if (typeof text === 'string') same[key] = this.text(text);
    }
    return { ...row, ...same };
  }
}
