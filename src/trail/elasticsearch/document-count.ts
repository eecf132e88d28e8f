import { QueryFailedError } from './failures.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

/**
 * Checks that the groups of a query have every matching document. A document without a value is in the group of
 * missing values, so each is in at least one group. A document with a list is in several, and it is unknown which
 * fields can be lists: the groups may have more. They may also have more after a new point in time, which has no
 * fewer documents.
 */
export class DocumentCount {
  /** Matching documents. */
  documents = 0;
  #grouped = 0;

  /** Adds the matching documents of a part that overlaps no other part. */
  match(documents: number): void {
    this.documents += documents;
  }

  group(documents: number): void {
    this.#grouped += documents;
  }

  /** Call it at the end. @throws QueryFailedError if groups are missing */
  check(): void {
    if (this.#grouped < this.documents)
      throw new QueryFailedError(BAD_ANSWERS.groups(this.#grouped, this.documents));
  }
}
