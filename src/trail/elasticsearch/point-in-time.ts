import type { Client } from '@elastic/elasticsearch';
import { bodyIn, textIn } from './unexpected-answer.js';
import { checkWhole } from './search-answer.js';

const KEEP_ALIVE = '15m';

/** A state of the index that all queries see, so that pages agree while new logs arrive. Opened anew when it is lost. */
export class PointInTime {
  /** Goes up each time it is opened anew: an order by `_shard_doc` does not outlive it. */
  generation = 1;
  #reopening: Promise<void> | undefined;

  private constructor(
    readonly client: Client,
    readonly index: string,
    readonly only: readonly string[] | null,
    private id: string,
  ) {}

  /**
   * @param only of the indices that `index` stands for; null: all. Their names in its place would bypass the filter of an
   * alias and privileges on it, and be too long for a URL.
   * @throws PartialAnswer, UnexpectedAnswerError or the client's error
   */
  static async open(
    client: Client,
    index: string,
    only: readonly string[] | null = null,
  ): Promise<PointInTime> {
    return new PointInTime(client, index, only, await openId(client, index, only));
  }

  /** For the body of a search. */
  get reference(): { readonly id: string; readonly keep_alive: string } {
    return { id: this.id, keep_alive: KEEP_ALIVE };
  }

  /** Each answer may bring a new id for the same point in time. */
  renamed(id: string | undefined, generation: number): void {
    if (id !== undefined && generation === this.generation) this.id = id;
  }

  /**
   * Once for all queries that found the same one lost.
   * @param lost its generation
   * @param check of the new one, which is not used when that throws
   * @throws what `check` throws, PartialAnswer, UnexpectedAnswerError or the client's error
   */
  async reopen(lost: number, check: (reference: PointInTime['reference']) => Promise<void>): Promise<void> {
    if (lost !== this.generation) return;
    this.#reopening ??= this.#open(check).finally(() => (this.#reopening = undefined));
    await this.#reopening;
  }

  async #open(check: (reference: PointInTime['reference']) => Promise<void>): Promise<void> {
    const id = await openId(this.client, this.index, this.only);
    try {
      await check({ id, keep_alive: KEEP_ALIVE });
    } catch (error) {
      await close(this.client, id);
      throw error;
    }
    // Some shards may still hold the one before.
    await close(this.client, this.id);
    this.id = id;
    this.generation += 1;
  }

  async close(): Promise<void> {
    await close(this.client, this.id);
  }
}

async function openId(client: Client, index: string, only: readonly string[] | null): Promise<string> {
  const response = await client.openPointInTime({
    index,
    keep_alive: KEEP_ALIVE,
    ...(only === null ? {} : { index_filter: { terms: { _index: [...only] } } }),
  });
  const body = bodyIn(response);
  const id = textIn(body['id'], 'id');
  try {
    // Servers before 8.16 do not say.
    if (body['_shards'] !== undefined) checkWhole(body);
  } catch (error) {
    await close(client, id);
    throw error;
  }
  return id;
}

/** A point in time ends by itself when nobody can be told to end it. */
const close = (client: Client, id: string): Promise<unknown> =>
  client.closePointInTime({ id }).catch(() => undefined);
