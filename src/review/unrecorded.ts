import { addAll, count, emptySet, intersect, isEmpty } from '../catalog/action-set.js';
import type { ActionSet } from '../catalog/types.js';
import type { PrincipalInput } from './principal-input.js';
import type { UnseenKind, Unrecorded } from './reasons.js';
import type { AccountLogs } from './recording/account-logs.js';
import { isRecorded } from './recording/unseen.js';
import type { Statuses } from './status.js';

/** These hide the use of any service. Of other kinds, only actions that a policy grants by service name count. */
const ANY_SERVICE: ReadonlySet<string> = new Set(['read', 'write', 'regions'] satisfies UnseenKind[]);
/** Some actions of nearly every principal. */
const IGNORED: ReadonlySet<string> = new Set([
  'no-own-event',
  'aws-last-used',
  'incomplete',
] satisfies UnseenKind[]);

/** A role is not used without a session start, nor a user without a last use in AWS's own records. */
export function mayBeUnrecorded(
  { catalog, principal, grants, logs, credentials }: PrincipalInput,
  status: Statuses,
): Unrecorded {
  const isShown =
    principal.type === 'user' ? credentials !== null : isRecorded(catalog, 'sts:AssumeRole', logs.unseen);
  const hidden = emptySet(catalog.actions.length);
  const kinds: UnseenKind[] = [];
  for (const { reason, actions } of isShown ? [] : status.why) {
    if (!isUnseenKind(reason.kind, logs) || IGNORED.has(reason.kind)) continue;
    const own: ActionSet = ANY_SERVICE.has(reason.kind) ? actions : intersect(actions, grants.named);
    if (isEmpty(own)) continue;
    addAll(hidden, own);
    kinds.push(reason.kind);
  }
  return { actions: count(hidden), kinds };
}

const isUnseenKind = (kind: string, { unseen }: Pick<AccountLogs, 'unseen'>): kind is UnseenKind =>
  unseen.groups.some(({ reason }) => reason.kind === kind);
