import type { Client } from '@elastic/elasticsearch';
import { bodyIn, textIn } from './unexpected-answer.js';
import { checkWhole } from './search-answer.js';

const KEEP_ALIVE = '15m';

/** A point in time for all queries, so that pages agree while new logs arrive. Opened again if lost. */
export class PointInTime {
  /** Incremented when opened again: an order by `_shard_doc` does not outlive it. */
  generation = 1;
  #reopening: Promise<void> | undefined;

  private constructor(
    readonly client: Client,
    readonly index: string,
    readonly only: readonly string[] | null,
    private id: string,
  ) {}

  /**
   * @param only some of the indices in `index`; null: all. Using their names instead would bypass the filter of an
   *   alias and its privileges, and be too long for a URL.
   * @throws PartialAnswerError, UnexpectedAnswerError or an error of the client
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

  /** Each answer can have a new ID for the same point in time. */
  renamed(id: string | undefined, generation: number): void {
    if (id !== undefined && generation === this.generation) this.id = id;
  }

  /**
   * Opens it again, once for all queries that lost it.
   * @param lost its generation
   * @param check of the new one, which is not used if that throws
   * @throws errors of `check`, PartialAnswerError, UnexpectedAnswerError or an error of the client
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
    // Some shards may still hold the old one.
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
    // Servers before 8.16 do not include it.
    if (body['_shards'] !== undefined) checkWhole(body);
  } catch (error) {
    await close(client, id);
    throw error;
  }
  return id;
}

/** A point in time that cannot be closed expires by itself. */
const close = (client: Client, id: string): Promise<unknown> =>
  client.closePointInTime({ id }).catch(() => undefined);
