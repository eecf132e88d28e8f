import type { DocumentDigest, PrincipalReview } from '../types.js';
import type { ActionNames } from './names.js';
import type { Snapshot } from './types.js';

/** Source of a snapshot: a principal under review, or a line of principals.ndjson in an earlier report. */
export type SnapshotSource = Pick<
  PrincipalReview,
  | 'arn'
  | 'id'
  | 'type'
  | 'name'
  | 'accountId'
  | 'accountName'
  | 'state'
  | 'tags'
  | 'groups'
  | 'boundary'
  | 'unused'
  | 'unknown'
  | 'documents'
> & {
  readonly missingPolicies: readonly unknown[];
  readonly used: readonly { readonly action: string }[];
  readonly trust: readonly Pick<PrincipalReview['trust'][number], 'value' | 'inverted' | 'conditions'>[];
  readonly credentials: { readonly console: boolean; readonly activeKeys: number } | null;
};

/** Makes snapshots that share equal parts. */
export class Snapshots {
  readonly names: ActionNames;
  readonly #documents = new Map<string, DocumentDigest>();

  constructor(names: ActionNames) {
    this.names = names;
  }

  of(principal: SnapshotSource): Snapshot {
    const { arn, id, type, name, accountId, accountName, state, unused, unknown, credentials } = principal;
    const used = principal.used.map(({ action }) => action);
    return {
      ...{ arn, id, type, name, accountId, accountName, state },
      admin: principal.tags.includes('admin'),
      grantsKnown: principal.missingPolicies.length === 0 && principal.boundary?.missing !== true,
      granted: this.names.setOf(used, unused, unknown),
      unused: this.names.setOf(unused),
      documents: principal.documents.map((document) => this.#shared(document)),
      groups: principal.groups,
      trusted: [...new Set(principal.trust.map(trusted))].sort(),
      canSignIn: credentials === null ? null : credentials.console || credentials.activeKeys > 0,
    };
  }

  #shared(document: DocumentDigest): DocumentDigest {
    const key = JSON.stringify(document);
    const known = this.#documents.get(key) ?? document;
    this.#documents.set(key, known);
    return known;
  }
}

/** In terms of the policy, so that a comparison does not depend on wording. */
const trusted = ({ value, inverted, conditions }: SnapshotSource['trust'][number]): string =>
  `${inverted ? 'NotPrincipal ' : ''}${value}${conditions.length === 0 ? '' : ` (${conditions.join(', ')})`}`;
