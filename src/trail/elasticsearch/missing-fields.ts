import type { FieldTable } from './fields.js';
import { nameIn } from './fields.js';
import { INDEX_WARNINGS, type ExplainedField } from '../../wording/elasticsearch-index.js';

export interface FieldImportance {
  readonly field: ExplainedField;
  /** CloudTrail writes it to nearly every record (CloudTrail User Guide: record contents), so its absence is a loss. */
  readonly usual: boolean;
}

const usual = (field: ExplainedField): FieldImportance => ({ field, usual: true });
const rare = (field: ExplainedField): FieldImportance => ({ field, usual: false });

/** In order of relevance; resource parameters are one entry. */
export const EXPLAINED_FIELDS: readonly FieldImportance[] = [
  usual('eventSource'),
  usual('eventName'),
  usual('eventID'),
  rare('errorCode'),
  usual('eventType'),
  usual('eventCategory'),
  rare('awsRegion'),
  usual('managementEvent'),
  usual('recipientAccountId'),
  usual('userIdentity.type'),
  usual('userIdentity.arn'),
  usual('userIdentity.principalId'),
  usual('userIdentity.accountId'),
  usual('userIdentity.accessKeyId'),
  rare('userIdentity.invokedBy'),
  rare('userIdentity.sessionContext.sessionIssuer.arn'),
  rare('userIdentity.sessionContext.sessionIssuer.principalId'),
  rare('userIdentity.sessionContext.sourceIdentity'),
  rare('sharedEventID'),
  rare('requestParameters.roleArn'),
  rare('requestParameters.roleSessionName'),
  rare('responseElements.credentials.accessKeyId'),
  rare('responseElements.ConsoleLogin'),
  rare('addendum.originalEventID'),
  rare('responseElements.assumedRoleUser.arn'),
  rare('resources.ARN'),
];

/** Sentences about usual fields that no index of the group has. */
export function missingUsual(table: FieldTable, where: string): string[] {
  return EXPLAINED_FIELDS.filter(({ field, usual }) => usual && !table.fields.has(field)).map(({ field }) =>
    INDEX_WARNINGS.missingField(where, nameIn(table.layout, table.prefix, field) ?? field, field),
  );
}
