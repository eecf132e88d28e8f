import { QueryFailed } from './failures.js';

/**
 * Whether the groups of a query hold every document that matches it. A document without a value is in the group of those, so that
 * each is in one group at least. One whose field holds a list is in several, and which fields may is not known: the groups may
 * hold more. So they may where the point in time was opened anew between two pages, as it then holds no fewer documents.
 */
export class DocumentCount {
  /** That match. */
  documents = 0;
  #grouped = 0;

  /** Documents that match, of a part that no other part overlaps. */
  match(documents: number): void {
    this.documents += documents;
  }

  group(documents: number): void {
    this.#grouped += documents;
  }

  /** At the end. @throws QueryFailed when groups are missing */
  check(): void {
    if (this.#grouped < this.documents)
      throw new QueryFailed(
        `the groups of a query held ${this.#grouped} of ${this.documents} documents that match`,
      );
  }
}
