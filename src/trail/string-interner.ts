import { getOrInsert } from '../base/maps.js';
import { actorKey } from './aggregate.js';
import type { Actor } from './types.js';

/** What many rows of answers say alike. */
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

/** Keeps equal texts once: answers that were parsed have copies in each row, which are most of the memory that they take. */
export class StringInterner {
  readonly #texts = new Map<string, string>();
  readonly #actors = new Map<string, Actor>();

  text(text: string): string {
    return getOrInsert(this.#texts, text, text);
  }

  actor(actor: Actor): Actor {
    return getOrInsert(this.#actors, actorKey(actor).join('\n'), actor);
  }

  /** Lets go of what is known, which takes as much memory as it saved. */
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
