import type { FieldTable } from './fields.js';
import { nameIn } from './fields.js';
import type { FieldName } from './layouts.js';

export interface FieldImpact {
  readonly field: FieldName;
  /** What a report lacks without the field. */
  readonly impact: string;
  /** CloudTrail writes it to nearly every record (CloudTrail User Guide: record contents), so its absence is a loss. */
  readonly usual: boolean;
}

const usual = (field: FieldName, impact: string): FieldImpact => ({ field, impact, usual: true });
const rare = (field: FieldName, impact: string): FieldImpact => ({ field, impact, usual: false });

/** In order of relevance; resource parameters are one entry. */
export const MISSING_FIELD_IMPACT: readonly FieldImpact[] = [
  usual('eventSource', 'nothing can be read'),
  usual('eventName', 'nothing can be read'),
  usual('eventID', 'an event that several trails recorded counts once for each of them'),
  rare('errorCode', 'calls that were denied or failed count as used, where there are any'),
  usual('eventType', 'sign-ins and events of services count as API calls'),
  usual('eventCategory', 'data events are known by managementEvent only, Insight records by eventType only'),
  rare('awsRegion', 'the Regions that the trail records are not known'),
  usual('managementEvent', 'data events are known by eventCategory only'),
  usual(
    'recipientAccountId',
    "events count for their caller's account, and a query that fails marks all accounts",
  ),
  usual('userIdentity.type', 'root and AWS services are not told from other callers'),
  usual('userIdentity.arn', 'users are known by their unique id only'),
  usual('userIdentity.principalId', 'a user made anew under an old name is taken for the old one'),
  usual('userIdentity.accountId', 'callers without an ARN have no account'),
  usual('userIdentity.accessKeyId', 'what was done in sessions is not credited to who started them'),
  rare('userIdentity.invokedBy', 'AWS services that call are not named'),
  rare(
    'userIdentity.sessionContext.sessionIssuer.arn',
    'roles with a path are known by their unique id only',
  ),
  rare('userIdentity.sessionContext.sessionIssuer.principalId', 'a role made anew is taken for the old one'),
  rare('userIdentity.sessionContext.sourceIdentity', 'people are known by the name of their session only'),
  rare('sharedEventID', "a session whose key is redacted in one account's trail may count twice"),
  rare('requestParameters.roleArn', 'sessions of roles with a path are credited to a role without one'),
  rare('requestParameters.roleSessionName', 'nothing that a report shows'),
  rare(
    'responseElements.credentials.accessKeyId',
    'what was done in sessions is not credited to who started them',
  ),
  rare('responseElements.ConsoleLogin', 'failed sign-ins count as activity, where there are any'),
  rare('addendum.originalEventID', 'a record that corrects an event counts as one more'),
  rare('responseElements.assumedRoleUser.arn', 'starts of sessions with a redacted request are left out'),
  rare('resources.ARN', 'resources are known by request parameters only'),
];

/** Sentences about usual fields that no index of the group has. */
export function missingUsual(table: FieldTable, where: string): string[] {
  return MISSING_FIELD_IMPACT.filter(({ field, usual }) => usual && !table.fields.has(field)).map(
    ({ field, impact }) =>
      `${where} has no ${nameIn(table.layout, table.prefix, field) ?? field}, so this is not available: ${impact}.`,
  );
}
