/** Titles, labels and short sentences of pages that code makes. Longer texts are in templates/. */

export const PAGE_TITLES = {
  index: (review: string): string => `Access review ${review}`,
  assumptions: 'Role assumptions',
  changes: (previous: string): string => `Changes since ${previous}`,
  methodology: 'Methodology',
  service: (service: string, actions: string): string => `${service}: ${actions}`,
} as const;

/** The navigation that every page has. */
export const SECTION_LABELS = {
  index: 'Overview',
  assumptions: 'Role assumptions',
  changes: 'Changes',
  methodology: 'Methodology',
} as const;

/** The kind of page, above its title. */
export const KICKERS = { account: 'account', service: 'service' } as const;

export const PRINT_HEADER = {
  left: (review: string): string => `CloudTracker access review ${review}`,
  right: (start: string, end: string): string => `${start} to ${end} UTC, end exclusive`,
} as const;

/** Below each number on the index: what it counts, and a note. */
export const CARDS = {
  principals: {
    label: 'principals',
    note: (inactive: string, incomplete: string): string => `${inactive} inactive, ${incomplete} incomplete`,
  },
  usedShare: {
    label: 'of granted actions used',
    none: 'none',
    note: (used: string, granted: string): string => `${used} of ${granted}`,
  },
  unused: { label: 'unused permissions', note: 'recorded by CloudTrail, without any use' },
  escalation: {
    label: 'unused privilege-escalation paths',
    note: (principals: string): string => `of ${principals}`,
  },
  trust: {
    label: 'cross-account trusts',
    note: (unknown: string): string => `${unknown} to accounts not in this review`,
  },
  mapped: {
    label: 'of events explained',
    note: (events: string, engine: string): string => `${events} from ${engine}`,
  },
} as const;

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  lambda: 'Lambda',
  s3: 'S3',
  sns: 'SNS',
  sqs: 'SQS',
};
/** Groups of accounts, and names in a group, that the index lists. */
const FEW_GROUPS = 6;
const FEW_NAMES = 8;

const some = (items: readonly string[], most: number, more: string): string =>
  items.length <= most
    ? items.join(', ')
    : `${items.slice(0, most).join(', ')} and ${items.length - most} ${more}`;

/** `s3`, `s3:read` and `s3.amazonaws.com` as `S3`, `S3 reads` and `S3`. */
function dataEventName(key: string): string {
  const [source = '', direction] = key.split(':');
  const prefix = source.replace(/\.amazonaws\.com$/, '');
  return `${SERVICE_NAMES[prefix] ?? prefix}${direction === undefined ? '' : ` ${direction}s`}`;
}

/** `S3 reads, S3 writes in demo; no data events in backup, staging`. */
export function dataEventsByAccount(
  accounts: readonly { readonly name: string; readonly dataEvents: readonly string[] }[],
): string {
  const groups = new Map<string, string[]>();
  for (const { name, dataEvents } of accounts) {
    const services = some(dataEvents.map(dataEventName), FEW_NAMES, 'more') || 'no data events';
    const names = groups.get(services);
    if (names === undefined) groups.set(services, [name]);
    else names.push(name);
  }
  const parts = [...groups]
    .sort(([a], [b]) => Number(a === 'no data events') - Number(b === 'no data events'))
    .map(([services, names]) => `${services} in ${some(names, FEW_NAMES, 'more accounts')}`);
  return parts.length <= FEW_GROUPS
    ? parts.join('; ')
    : `${parts.slice(0, FEW_GROUPS).join('; ')}; others in csv/recording.csv`;
}

export const INDEX_TEXTS = {
  anyAccount: 'any account',
  never: 'never',
  expired: 'expired',
  valid: 'valid',
  daysWithEvents: (covered: string, all: string, quiet: boolean): string =>
    `${covered} of ${all}${quiet ? ' (quiet)' : ''}`,
  unusedEscalation: 'unused privilege escalation',
} as const;

export const ROLE_ASSUMPTION_TEXTS = {
  none: 'No user can assume a role, and no role was assumed.',
  unknownAccount: 'unknown account',
  notAssumed: 'not assumed',
  accountEdge: (from: string, to: string, used: number, rest: number): string =>
    `${from} → ${to}: ${used} used, ${rest} not used`,
  byAccount: (pairs: string): string => `${pairs}, by account`,
  principalSides: 'users and roles on the left, roles on the right',
  accountSides: 'accounts of the source principals on the left, accounts of the roles on the right',
} as const;

/** Links to the sections of a principal's page. */
export const PRINCIPAL_SECTIONS = {
  timeline: 'Calls by week',
  risks: 'Risks',
  services: 'Services and actions',
  ungranted: 'Ungranted actions',
  denied: 'Denied calls',
  trust: 'Who can assume this role',
  origins: 'Origin of sessions',
  people: 'People',
  roles: 'Roles',
  suggestion: 'Suggestion',
} as const;

export const PRINCIPAL_TEXTS = {
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  more: (count: number | string): string => `and ${count} more`,
  thisRole: 'this role',
  removedBy: {
    boundary: (actions: string): string =>
      `The permissions boundary removes ${actions} that the identity policies allow.`,
    scp: (actions: string): string =>
      `Service control policies remove ${actions} that the identity policies allow.`,
    deny: (actions: string): string => `Deny statements remove ${actions} that the identity policies allow.`,
  },
  unknownWith: (reason: string): string => `unknown: ${reason}`,
  unused: 'unused',
  grantedBy: 'Granted by',
  statement: (policy: string, statement: number, sid: string | null): string =>
    `${policy}, statement ${statement}${sid === null ? '' : ` (${sid})`}`,
  conditional: 'conditional',
  someResources: 'some resources',
  limitedByDeny: 'limited by a Deny',
  weeks: (count: number): string => (count === 1 ? 'week' : `${count} weeks`),
} as const;

/** How much of a risk's actions was used. */
export const RISK_USE = {
  unused: 'unused',
  unknown: 'unknown',
  used: 'used',
  partlyUsed: 'partly used',
} as const;

export const SUGGESTION_TEXTS = {
  removes: (actions: string): string => `removes ${actions}`,
  removesNothing: 'removes no granted action',
  managed: 'managed policy',
  inline: 'inline policy',
  moreLines: {
    removed: (count: string): string => `and ${count} more removed`,
    added: (count: string): string => `and ${count} more added`,
    same: (count: string): string => `and ${count} more unchanged`,
  },
  moreStatements: (statements: string): string => `and ${statements}`,
  statement: (effect: string, resources: string, inverted: boolean, condition: string | null): string =>
    `${effect} on ${inverted ? 'all resources except ' : ''}${resources}${condition === null ? '' : ` if ${condition}`}`,
  allActionsExcept: (actions: string): string => `all actions except ${actions}`,
} as const;

export const CHANGES_TEXTS = {
  noDecision: 'none',
  addedBy: (policies: readonly string[], actions: string): string =>
    `${policies.length === 0 ? 'not known' : policies.join(' and ')}: ${actions}`,
  summary: (previous: string, changes: string, outcomes: string): string =>
    `Since ${previous}: ${changes}${outcomes === '' ? '' : `; outcomes of decisions: ${outcomes}`}`,
} as const;
