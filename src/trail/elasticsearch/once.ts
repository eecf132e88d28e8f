import type { Actor } from '../types.js';

/**
 * Keeps equal texts once: each answer of the cluster has its own copies, which would be most of the memory that its rows take.
 */
export class Once {
  readonly #texts = new Map<string, string>();
  readonly #actors = new Map<string, Actor>();

  text(text: string): string {
    return kept(this.#texts, text, text);
  }

  actor(actor: Actor): Actor {
    return kept(this.#actors, [actor.kind, actor.arn, actor.id, actor.accountId].join('\n'), actor);
  }
}

function kept<T>(known: Map<string, T>, key: string, value: T): T {
  const before = known.get(key);
  if (before === undefined) known.set(key, value);
  return before ?? value;
}
