import { required } from '../base/checked.js';
import { isObject } from '../base/is-object.js';
import type { Client, helpers } from '@elastic/elasticsearch';
import { actionOf } from './bulk-answer.js';
import { reducedDocument, type Document } from './document.js';
import { INGEST_OUTPUT } from '../wording/cli-output.js';

type OnDropDocument<T = unknown> = helpers.OnDropDocument<T>;

export interface Sent {
  created: number;
  /** Events that the index already had. */
  present: number;
  /** Created without the parts that the server rejected, see `reducedDocument`. */
  reduced: number;
  /** Rejected in every form, or not accepted in time. */
  readonly refused: Refusals;
}

interface Refusals {
  count: number;
  /** The first few rejected documents. */
  readonly named: { readonly id: string; readonly reason: string }[];
}

const MAX_NAMED = 10;
/**
 * For documents that a busy server rejected while it accepted others. If it accepts none, the request itself is
 * retried.
 */
const BUSY = { retries: 10, wait: 6_000 };

/**
 * Sends documents with limited concurrency. Each is created once, by ID.
 * @throws error of the client if a request keeps failing
 */
export async function send(
  client: Client,
  index: string,
  documents: AsyncGenerator<Document>,
  concurrency: number,
): Promise<Sent> {
  const sent: Sent = { created: 0, present: 0, reduced: 0, refused: { count: 0, named: [] } };
  const again: Document[] = [];
  const secondTries = new Set<string>();
  const onDrop = ({ status, error, operation, document }: OnDropDocument): void => {
    const id = idOf(operation);
    const isSecondTry = isObject(document) && 'original' in document && secondTries.has(id);
    if (isSecondTry) secondTries.delete(id);
    if (status === 409) {
      sent.present += 1;
    } else if (status === 400 && !isSecondTry && isObject(document)) {
      secondTries.add(id);
      again.push(reducedDocument(id, document));
    } else {
      sent.refused.count += 1;
      const reason = error?.reason ?? error?.type ?? INGEST_OUTPUT.status(status);
      if (sent.refused.named.length < MAX_NAMED) sent.refused.named.push({ id, reason: oneLine(reason) });
    }
  };
  const run = async (datasource: AsyncGenerator<Document> | Document[]): Promise<void> => {
    const stats = await client.helpers.bulk<Document>({
      index,
      datasource,
      concurrency,
      ...BUSY,
      onDocument: ({ id, body }) => [actionOf(id), body],
      onDrop,
    });
    sent.created += stats.successful;
  };
  await run(interleaved(documents, again));
  while (again.length > 0) await run(again.splice(0));
  sent.reduced = secondTries.size;
  return sent;
}

/** Retries are interleaved with new documents, so that they do not accumulate. */
async function* interleaved(
  documents: AsyncGenerator<Document>,
  again: Document[],
): AsyncGenerator<Document> {
  for await (const document of documents) {
    yield document;
    yield* again.splice(0);
  }
}

const idOf = (operation: OnDropDocument['operation']): string =>
  required('create' in operation ? operation.create._id : undefined, '_id');

/** Error messages of the server quote records, which contain text of callers. */
const oneLine = (reason: string): string => reason.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300);
