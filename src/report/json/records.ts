import type { AssumptionRecord } from '../../model/assumption.js';
import type { PrincipalRecord } from '../../model/principal.js';
import type { ReportRecord } from '../../model/report.js';
import type { AssumptionReview, ReviewHead } from '../../review/types.js';
import { shortRecord } from '../since-last-review/record.js';
import { shortRisk } from '../short-risk.js';
import type { DescribedPrincipal, DescribedTotals } from '../../wording/described.js';

// Records (src/model) from reviews, with keys in the order of the files.

/** Keys of the contract in order, then others; JSON.stringify ignores the functions of a review. */
export function principalRecord(principal: DescribedPrincipal, detail: 'full' | 'services'): PrincipalRecord {
  const { arn, id, type, name, path, createdAt, lastActivity, state, services, used, ungranted, ...others } =
    principal;
  const { unused, unknown, unknownReasons, denied, failed, unmappedEvents, suggestion, ...more } = others;
  const { risks, sinceLast, ...extras } = more;
  const full = detail === 'full';
  return {
    ...{ arn, id, type, name, path, createdAt, lastActivity, state, services, used, ungranted },
    ...(full ? { unused, unknown } : {}),
    ...{ denied, failed, unmappedEvents, suggestion },
    ...(full ? { unknownReasons } : {}),
    risks: full ? risks : risks.map(shortRisk),
    ...extras,
    ...(sinceLast === undefined ? {} : { sinceLast: shortRecord(sinceLast) }),
  };
}

export function assumptionRecord(pair: AssumptionReview): AssumptionRecord {
  const { sourceArn, sourceType, roleArn, allowed, assumed, known, sessions, firstAssumed, lastAssumed } =
    pair;
  const { actions, origins, sourceName, sourceAccountId, roleName, roleAccountId } = pair;
  return {
    ...{ sourceArn, sourceType, roleArn, allowed, assumed, sessions, firstAssumed, lastAssumed, actions },
    ...{ known, origins, sourceName, sourceAccountId, roleName, roleAccountId },
  };
}

export const reportRecord = (head: ReviewHead, totals: DescribedTotals): ReportRecord => ({
  schemaVersion: 2,
  review: {
    id: head.id,
    period: head.period,
    ...(head.previous === undefined ? {} : { previous: head.previous }),
    tool: { name: 'cloudtracker', version: head.toolVersion },
    actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
  },
  accounts: totals.accounts.map(
    ({ id, name, listed, counts, decisions, coverage, days, recording, doubt, trailOnly, warnings }) => ({
      ...{ id, name, listed, counts, decisions, coverage, days, recording, doubt, trailOnly, warnings },
    }),
  ),
  mapping: totals.mapping,
  incomplete: totals.notes.incomplete,
  exemptions: totals.exemptions,
  warnings: totals.warnings,
});
