import { compareText } from '../base/compare.js';
import type { PrincipalRecord } from '../model/principal.js';
import type { AccountRecord } from '../model/report.js';
import type { SuggestionRecord } from '../model/suggestion.js';
import type { UnknownKind } from '../review/reasons.js';
import type { PrincipalChange } from '../review/since-last-review/types.js';
import type { AccountReview, PrincipalReview, ReviewTotals } from '../review/types.js';
import { describeDecision, describeDoubt, describeGap } from './decisions.js';
import { describeIamWarning, missingPolicyName } from './iam-files.js';
import { describePrincipalChange } from './since-last-review.js';
import { describeUngranted, describeUnknown } from './statuses.js';
import { describeSuggestedChange } from './suggestions.js';
import { describeWarning } from './warnings.js';

/* Converts a review, which has facts and codes, to sentences for the writers of a report. */

export type DescribedChange = PrincipalChange & { readonly sentence: string };

export type DescribedPrincipal = Omit<
  PrincipalReview,
  'missingPolicies' | 'suggestion' | 'ungranted' | 'unknownReasons' | 'sinceLast'
> & {
  readonly missingPolicies: readonly string[];
  readonly suggestion: SuggestionRecord;
  readonly ungranted: PrincipalRecord['ungranted'];
  readonly unknownReasons: readonly {
    readonly kind: UnknownKind;
    readonly reason: string;
    readonly actions: readonly string[];
  }[];
  readonly sinceLast?: DescribedChange;
};

export type DescribedAccount = Omit<AccountReview, 'iamWarnings' | 'warnings' | 'doubt'> &
  Pick<AccountRecord, 'warnings' | 'doubt'>;

export type DescribedTotals = Omit<ReviewTotals, 'accounts' | 'emptyAccounts' | 'warnings'> & {
  readonly accounts: readonly DescribedAccount[];
  readonly warnings: readonly string[];
};

export const describeChange = (change: PrincipalChange): DescribedChange => ({
  ...change,
  sentence: describePrincipalChange(change),
});

export function describePrincipal(review: PrincipalReview): DescribedPrincipal {
  const { suggestion, sinceLast, ...rest } = review;
  return {
    ...rest,
    missingPolicies: review.missingPolicies.map(missingPolicyName).sort(compareText),
    suggestion: {
      ...suggestion,
      reason: describeDecision(suggestion.reason),
      changes: suggestion.changes.map((change) => ({
        kind: change.kind,
        target: change.target,
        sentence: describeSuggestedChange(change),
        actionsRemoved: change.actionsRemoved,
      })),
    },
    ungranted: review.ungranted.map((action) => ({ ...action, why: describeUngranted(action.why) })),
    unknownReasons: review.unknownReasons.map(({ reason, actions }) => ({
      kind: reason.kind,
      reason: describeUnknown(reason),
      actions,
    })),
    ...(sinceLast === undefined ? {} : { sinceLast: describeChange(sinceLast) }),
  };
}

export function describeTotals({ emptyAccounts, notes, ...totals }: ReviewTotals): DescribedTotals {
  const accounts = totals.accounts.map(describeAccount);
  const gaps = emptyAccounts.map((accountId) => ({ accountId, reason: describeGap({ kind: 'no-events' }) }));
  return {
    ...totals,
    accounts,
    notes: { ...notes, incomplete: [...notes.incomplete, ...gaps] },
    warnings: [
      ...totals.warnings.map(describeWarning),
      ...accounts.flatMap(({ warnings }) => warnings),
      ...notes.warnings,
    ],
  };
}

const describeAccount = ({ iamWarnings, warnings, doubt, ...account }: AccountReview): DescribedAccount => ({
  ...account,
  doubt: doubt === null ? null : describeDoubt(doubt),
  warnings: [...iamWarnings.map(describeIamWarning), ...warnings.map(describeWarning)],
});
