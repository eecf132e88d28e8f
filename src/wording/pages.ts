/** Titles, labels and short sentences of pages made by code. Longer texts are in templates/. */

export const PAGE_TITLES = {
  index: (review: string): string => `Access review ${review}`,
  assumptions: 'Role assumptions',
  changes: (previous: string): string => `Changes since ${previous}`,
  methodology: 'Methodology',
  service: (service: string, actions: string): string => `${service}: ${actions}`,
} as const;

/** Navigation of every page. */
export const SECTION_LABELS = {
  index: 'Overview',
  assumptions: 'Role assumptions',
  changes: 'Changes',
  methodology: 'Methodology',
} as const;

/** Kind of page, above its title. */
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
    label: 'of permissions used',
    none: 'none',
    note: (used: string, granted: string): string => `${used} of ${granted}`,
  },
  unused: { label: 'unused permissions', note: 'granted, but not used in the period' },
  escalation: {
    label: 'unused privilege-escalation paths',
    note: (principals: string): string => `in ${principals}`,
  },
  trust: {
    label: 'cross-account trusts',
    note: (unknown: string): string => `${unknown} with accounts outside this review`,
  },
  mapped: {
    label: 'of events recognized',
    note: (events: string, engine: string): string => `${events} in ${engine}`,
  },
} as const;

/** `S3 reads and writes`: data events in the logs of an account. */
export const DATA_EVENTS = {
  services: {
    dynamodb: 'DynamoDB',
    lambda: 'Lambda',
    s3: 'S3',
    sns: 'SNS',
    sqs: 'SQS',
  } as Readonly<Record<string, string>>,
  read: 'reads',
  write: 'writes',
  and: ' and ',
  none: 'no data events',
  other: 'other data events',
} as const;

export const INDEX_TEXTS = {
  allAccounts: 'all accounts',
  never: 'never',
  expired: 'expired',
  valid: 'valid',
  /** @param proven null without digest files */
  daysWithEvents: (withEvents: string, all: string, quiet: boolean, proven: string | null): string =>
    `${withEvents} of ${all}${quiet ? ' (quiet)' : ''}${proven === null ? '' : `; ${proven} proven complete`}`,
  noOtherRegions: 'no others',
  complete: 'complete',
  incomplete: (principals: string): string => `${principals} incomplete`,
  doubtful: (accounts: string): string => `doubtful in ${accounts}`,
  unusedEscalation: 'unused privilege escalation',
} as const;

export const ROLE_ASSUMPTION_TEXTS = {
  none: 'No user or role can assume a role, and no role was assumed.',
  unknownAccount: 'unknown account',
  notUsed: 'not used',
  accountEdge: (from: string, to: string, used: number, rest: number): string =>
    `${from} → ${to}: ${used} used, ${rest} not used`,
  byAccount: (pairs: string): string => `${pairs}, by account`,
  principalSides: 'sources on the left, roles on the right',
  accountSides: 'accounts of sources on the left, accounts of roles on the right',
} as const;

/** Links to the sections of a principal's page. */
export const PRINCIPAL_SECTIONS = {
  timeline: 'Calls per week',
  risks: 'Risks',
  services: 'Services and actions',
  ungranted: 'Ungranted',
  denied: 'Denied',
  trust: 'Who can assume it',
  origins: 'Session origins',
  people: 'People',
  passed: 'Passed roles',
  roles: 'Roles it can assume',
  suggestion: 'Suggestion',
} as const;

export const PRINCIPAL_TEXTS = {
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  more: (count: number): string => `and ${count} more`,
  thisRole: 'this role',
  blockedBy: {
    boundary: (actions: string): string =>
      `The permissions boundary blocks ${actions} that identity-based policies allow.`,
    scp: (actions: string): string =>
      `Service control policies block ${actions} that identity-based policies allow.`,
    deny: (actions: string): string => `Deny statements block ${actions} that identity-based policies allow.`,
  },
  unused: 'unused',
  unknownWith: (reason: string): string => `unknown: ${reason}`,
  grantedBy: 'Granted by',
  statement: (policy: string, statement: number, sid: string | null): string =>
    `${policy}, statement ${statement}${sid === null ? '' : ` (${sid})`}`,
  conditional: 'conditional',
  someResources: 'some resources',
  limitedByDeny: 'limited by Deny',
  weeks: (count: number): string => (count === 1 ? 'week' : `${count} weeks`),
} as const;

/** How many of a risk's actions were used. */
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
    `${effect} on ${inverted ? 'everything except ' : ''}${resources}${condition === null ? '' : ` if ${condition}`}`,
  everythingExcept: (actions: string): string => `everything except ${actions}`,
} as const;

export const CHANGES_TEXTS = {
  noDecision: 'none',
  addedBy: (policies: readonly string[], actions: string): string =>
    `${policies.length === 0 ? 'unknown policy' : policies.join(' and ')}: ${actions}`,
  summary: (previous: string, changes: string, outcomes: string): string =>
    `Since ${previous}: ${changes}${outcomes === '' ? '' : `; outcomes of decisions: ${outcomes}`}`,
} as const;
