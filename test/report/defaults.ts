import { principalShape } from '../../src/model/principal.js';
import { RECORDING_KINDS } from '../../src/review/recording/kinds.js';
import type { GrantedService, UsedGrantedAction } from '../../src/review/types.js';
import type { UnseenReason } from '../../src/review/reasons.js';
import { sampleOf } from '../support/sample-of.js';
import type { DescribedAccount, DescribedPrincipal } from '../../src/wording/described.js';

/** A principal that may do nothing and did nothing. */
export function emptyPrincipal(): DescribedPrincipal {
  return {
    ...sampleOf(principalShape.omit({ sinceLast: true })),
    ...{ unused: [], unknown: [], unknownReasons: [], risks: [], origins: [], trust: [] },
    human: 'unknown',
    policies: () => [],
    granted: () => new Map(),
    grantedBy: () => [],
  };
}

/** Each of the policies allows the action with its first statement. */
export const statementsOf = (
  policies: readonly string[],
): Pick<UsedGrantedAction, 'allowedBy' | 'deniedBy'> => ({
  allowedBy: policies.map((policy) => ({
    source: 'identity',
    policy,
    statement: 1,
    sid: null,
    conditional: false,
    resourceLimited: false,
  })),
  deniedBy: [],
});

/** Why the actions of a sample are unknown: data events that are not logged, the others have no event of their own. */
export const reasonsFor = (
  unknown: readonly string[],
  notLogged: readonly string[],
): DescribedPrincipal['unknownReasons'] =>
  [
    {
      kind: 'no-own-event' as const,
      reason: 'No call of its own.',
      actions: unknown.filter((action) => !notLogged.includes(action)),
    },
    {
      kind: 'data-events' as const,
      reason: 'No data events.',
      actions: unknown.filter((action) => notLogged.includes(action)),
    },
  ].filter(({ actions }) => actions.length > 0);

/** What is granted, from the lists of a sample. */
export function grantedOf(
  p: Pick<DescribedPrincipal, 'used' | 'unused' | 'unknownReasons'>,
): ReadonlyMap<string, GrantedService> {
  const services = new Map<
    string,
    { recorded: string[]; unseen: { reason: UnseenReason; actions: string[] }[] }
  >();
  const of = (action: string) => {
    const service = action.split(':')[0] ?? '';
    const names = services.get(service) ?? { recorded: [], unseen: [] };
    services.set(service, names);
    return names;
  };
  for (const { action } of p.used) of(action).recorded.push(action);
  for (const action of p.unused) of(action).recorded.push(action);
  for (const { kind, actions } of p.unknownReasons) {
    if (kind !== 'no-own-event' && kind !== 'data-events') throw new Error(`no sample of ${kind}`);
    for (const action of actions) {
      const { unseen } = of(action);
      const last = unseen.at(-1);
      if (last?.reason.kind === kind) last.actions.push(action);
      else unseen.push({ reason: { kind }, actions: [action] });
    }
  }
  return new Map([...services].map(([service, names]) => [service, { service, ...names }]));
}

/** An account whose logs contain every event type. */
export const EVERYTHING_RECORDED = {
  days: {
    all: 92,
    covered: 92,
    withEvents: 92,
    proven: 0,
    firstWeek: { all: 7, covered: 7 },
    lastWeek: { all: 7, covered: 7 },
    quiet: false,
    enough: true,
  },
  doubt: null,
  recording: {
    kinds: RECORDING_KINDS.map((kind) => ({
      kind,
      verdict: 'seen' as const,
      events: 7,
      example: 'ec2.amazonaws.com DescribeInstances',
    })),
    dataEvents: ['s3:read'],
    regions: {
      regions: [{ region: 'us-east-1', events: 9, verdict: 'seen' as const }],
      others: 'assumed' as const,
    },
  },
} satisfies Partial<DescribedAccount>;
