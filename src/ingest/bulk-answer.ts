import { PartialAnswerError } from '../trail/elasticsearch/failures.js';
import {
  bodyIn,
  isCount,
  listIn,
  objectIn,
  odd,
  UnexpectedAnswerError,
} from '../trail/elasticsearch/unexpected-answer.js';
import { BAD_ANSWERS } from '../wording/elasticsearch-queries.js';

/** The action line before a document; it identifies the item in the answer. */
export const actionOf = (id: string) => ({ create: { _id: id } }) as const;

/**
 * Checks the answer to a bulk request: one item per document, in order (Elasticsearch Guide: Bulk API). The client
 * accepts any answer, so a document without an item would be lost silently.
 * @param sent alternating action lines and documents
 * @throws UnexpectedAnswerError, or PartialAnswerError if the busy server rejected all documents
 */
export function checkBulkAnswer(answer: unknown, sent: readonly unknown[]): void {
  const body = bodyIn(answer);
  const items = listIn(body['items'], 'items');
  const documents = sent.length / 2;
  if (items.length !== documents) throw new UnexpectedAnswerError(BAD_ANSWERS.items(items.length, documents));
  let failed = 0;
  let busy = 0;
  for (const [at, item] of items.entries()) {
    const { _id: id, status } = objectIn(objectIn(item, 'items[]')['create'], 'create');
    if (!isCount(status) || status < 200) throw odd('status', status);
    if (typeof id !== 'string' || JSON.stringify(actionOf(id)) !== sent[at * 2])
      throw new UnexpectedAnswerError(BAD_ANSWERS.itemOfOther);
    if (status >= 300) failed += 1;
    if (status === 429) busy += 1;
  }
  if (body['errors'] !== failed > 0) throw odd('errors', body['errors']);
  if (documents > 0 && busy === documents) throw new PartialAnswerError(BAD_ANSWERS.rejectedAll);
}
