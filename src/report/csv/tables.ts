import { kindSetting, kindTitle } from '../../review/reasons.js';
import type {
  AccountReview,
  AssumptionReview,
  ExemptionReview,
  PrincipalReview,
  ReviewHead,
  UsedAction,
} from '../../review/types.js';
import { shortRisk } from '../short-risk.js';
import type { Cell } from './cells.js';
import { SUGGESTION_COLUMNS, suggestionRows } from './suggestions.js';
import { describeTrust } from '../../wording/trust.js';

/** A file with any number of rows per principal. */
export interface PrincipalTable {
  /** `csv/<name>.csv`. */
  readonly name: string;
  readonly columns: readonly string[];
  rows(
    principal: PrincipalReview,
    head: ReviewHead,
    detail: 'full' | 'services',
  ): readonly (readonly Cell[])[];
}

const columns = (names: string): readonly string[] => names.split(',');
const actionNames = (actions: readonly UsedAction[]): string[] => actions.map(({ action }) => action);
/** The first columns of files about principals. */
export const who = (p: PrincipalReview): readonly string[] => [
  p.accountId,
  p.accountName,
  p.type,
  p.name,
  p.arn,
];

export const PRINCIPAL_TABLES: readonly PrincipalTable[] = [
  {
    name: 'services',
    columns: columns(
      'account_id,account_name,principal_type,principal_name,principal_arn,service,granted,used,unused,unknown,ungranted,last_used,used_actions,granted_by',
    ),
    rows: (p) => p.services.map((service) => [...who(p), ...serviceCells(p, service)]),
  },
  { name: 'suggestions', columns: SUGGESTION_COLUMNS, rows: suggestionRows },
  {
    name: 'risks',
    columns: columns(
      'account_id,account_name,principal_type,principal_name,principal_arn,tag,method,unused,limited,actions',
    ),
    rows: (p, _, detail) =>
      p.risks.map((whole) => {
        const risk = detail === 'full' ? whole : shortRisk(whole);
        const names = risk.actions.map(({ action, status }) => `${action} (${status})`);
        const left = whole.actions.length - risk.actions.length;
        return [
          ...who(p),
          risk.tag,
          risk.method,
          risk.unused,
          risk.limited,
          left > 0 ? [...names, `… (+${left} more)`] : names,
        ];
      }),
  },
  {
    name: 'trust',
    columns: columns(
      'account_id,role_name,role_arn,kind,trusted,trusted_account_id,conditions,sessions,last_assumed,findings,sentence',
    ),
    rows: (p) =>
      p.trust.map((t) => [
        ...[p.accountId, p.name, p.arn, t.inverted ? `not ${t.kind}` : t.kind, t.value, t.accountId],
        ...[t.conditions, t.sessions, t.lastAssumed, t.findings, describeTrust(t, p.accountId)],
      ]),
  },
  {
    name: 'people',
    columns: columns(
      'account_id,account_name,role_name,role_arn,session_name,source_identity,events,succeeded,denied,failed,first_seen,last_seen,actions_used',
    ),
    rows: (p) =>
      p.people.map((one) => [
        ...[p.accountId, p.accountName, p.name, p.arn, one.sessionName, one.sourceIdentity],
        ...[one.events, one.succeeded, one.denied, one.failed, one.first, one.last],
        actionNames(one.actions),
      ]),
  },
];

function serviceCells(p: PrincipalReview, s: PrincipalReview['services'][number]): readonly Cell[] {
  const prefix = `${s.service}:`;
  const used = actionNames(p.used).filter((action) => action.startsWith(prefix));
  return [s.service, s.granted, s.used, s.unused, s.unknown, s.ungranted, s.lastUsed, used, s.grantedBy];
}

export const ASSUMPTION_COLUMNS = columns(
  'source_type,source_name,source_arn,role_name,role_arn,role_account_id,allowed,assumed,sessions,first_assumed,last_assumed,actions_used',
);
export const assumptionCells = (pair: AssumptionReview): readonly Cell[] => [
  ...[pair.sourceType, pair.sourceName, pair.sourceArn, pair.roleName, pair.roleArn, pair.roleAccountId],
  ...[
    pair.allowed,
    pair.known ? pair.assumed : 'unknown',
    pair.sessions,
    pair.firstAssumed,
    pair.lastAssumed,
  ],
  actionNames(pair.actions),
];

export const TRAIL_PRINCIPAL_COLUMNS = columns(
  'account_id,account_name,kind,arn,unique_id,events,succeeded,denied,failed,first_seen,last_seen,actions_used',
);
export const POPULATION_COLUMNS = columns(
  'account_id,account_name,principals_in_iam_file,rows_reported,rows_incomplete,difference',
);
export const EXEMPTION_COLUMNS = columns('exemption_id,arn,owner,reason,expires,expired,principals');
export const exemptionCells = (e: ExemptionReview): readonly Cell[] => [
  ...[e.id, e.arn, e.owner, e.reason, e.expires, e.expired, e.principals],
];

export const RECORDING_COLUMNS = columns(
  'account_id,account_name,kind,recorded,events,example,trail_setting,days,days_with_events,enough_days',
);
/** One row per kind of events of an account: what its logs could have shown. */
export const recordingRows = ({ id, name, recording, days }: AccountReview): readonly (readonly Cell[])[] => [
  ...recording.kinds.map((kind) => [
    ...[id, name, kindTitle(kind.kind), kind.verdict, kind.events, kind.example, kindSetting(kind.kind)],
    ...[days.all, days.covered, days.enough],
  ]),
  ...recording.dataEvents.map((service) => [
    ...[id, name, `Data events ${service}`, 'seen', null, null, null],
    ...[days.all, days.covered, days.enough],
  ]),
];
