import type { Change, PrincipalReview, ReviewHead } from '../../review/types.js';
import { policyFiles, type PolicyFile } from '../policies/files.js';
import type { Cell } from './cells.js';
import { otherForm } from '../../wording/suggestions.js';

export const SUGGESTION_COLUMNS =
  'review_id,account_id,account_name,principal_type,principal_name,principal_arn,decision,reason,actions_removed,variant,policy_name,policy_size,policy_file,change,target,sentence'.split(
    ',',
  );

/**
 * One row per suggested change. Policies that would replace today's are alternatives of one change: a row per document.
 * A decision other than `keep` without any change (investigate) has a row too, so that it is in the file.
 */
export function suggestionRows(principal: PrincipalReview, head: ReviewHead): readonly (readonly Cell[])[] {
  const { decision, reason, changes } = principal.suggestion;
  const who = [
    head.id,
    principal.accountId,
    principal.accountName,
    principal.type,
    principal.name,
    principal.arn,
    decision,
    reason,
  ];
  const documents = policyFiles(principal);
  const replacing = changes.find(replacesAll);
  const rows: Cell[][] = documents.map((file) => [
    ...who,
    actionsRemoved(principal, file),
    ...[file.variant, file.policy.name, file.policy.size, file.path],
    replacing?.kind ?? 'replace-policies',
    replacing?.target ?? null,
    file.variant === 'cautious' ? (replacing?.sentence ?? null) : otherForm(file.variant),
  ]);
  for (const change of changes) {
    if (replacesAll(change) && documents.length > 0) continue;
    rows.push([
      ...who,
      change.actionsRemoved,
      ...[null, null, null, null],
      ...[change.kind, change.target, change.sentence],
    ]);
  }
  if (rows.length > 0 || decision === 'keep') return rows;
  const all = decision === 'remove' ? principal.counts.granted : null;
  return [[...who, all, null, null, null, null, null, null, null]];
}

/** The suggested documents are what this change puts in place. */
const replacesAll = ({ kind }: Change): boolean =>
  kind === 'replace-policies' || kind === 'change-permission-set';

/** `strict` and `observed` keep used actions only. */
function actionsRemoved({ suggestion, counts }: PrincipalReview, file: PolicyFile): number {
  return file.variant === 'cautious' ? suggestion.actionsRemoved : counts.granted - counts.used;
}
