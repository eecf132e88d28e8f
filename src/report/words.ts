import type { TrustKind } from '../iam/types.js';
import type { RecordingVerdict } from '../review/recording/account.js';
import { trustFindingSentence } from '../review/trust.js';
import type { Origin, Risk, TrustFinding, TrustReview } from '../review/types.js';

/** What the report calls things, for readers who never saw AWS; the same in pages and in CSV. */

const LETS_IN: Readonly<Record<TrustKind, string>> = {
  everyone: 'Lets in everyone.',
  account: 'Lets in a whole account.',
  user: 'Lets in one user.',
  role: 'Lets in one role.',
  session: 'Lets in one session of a role.',
  deleted: 'Names a user or role that no longer exists.',
  service: 'Lets in a service of AWS, which then works with the rights of this role.',
  federated: 'Lets in people or programs that an identity provider has signed in.',
  other: 'Lets in what it names.',
};

export const FINDING_WORDS: Readonly<
  Record<TrustFinding, { readonly title: string; readonly meaning: string }>
> = {
  everyone: { title: 'open to everyone', meaning: 'Anybody with an AWS account can ask for this role.' },
  'whole-account': {
    title: 'whole account',
    meaning: 'Any user or role of that account can use it, once that account allows it.',
  },
  'unknown-account': {
    title: 'unknown account',
    meaning: 'That account is not in this report: ask who owns it.',
  },
  'deleted-principal': {
    title: 'deleted principal',
    meaning: 'Nobody can come in by this entry any more; it can be removed.',
  },
  'no-condition': {
    title: 'no condition',
    meaning: 'No condition, such as an external id or a second factor, has to be met.',
  },
  'never-assumed': {
    title: 'never assumed',
    meaning: 'Nobody who could come in by this entry used the role in the period.',
  },
};

function letsIn(entry: TrustReview, roleAccountId: string): string {
  if (entry.inverted) return 'Lets in everyone but what it names.';
  return entry.kind === 'account' && entry.accountId === roleAccountId
    ? 'Lets in the users and roles of this account whose own policies allow it.'
    : LETS_IN[entry.kind];
}

/** Plain sentences on one entry of a role's trust policy: whom it lets in, and each finding. */
export const trustSentence = (entry: TrustReview, roleAccountId: string): string =>
  [
    letsIn(entry, roleAccountId),
    ...entry.findings.map((finding) => trustFindingSentence(finding, entry)),
  ].join(' ');

/** The trusted principal as written; NotPrincipal names whom it does not let in. */
export const trustedName = (entry: TrustReview): string =>
  entry.inverted ? `everyone but ${entry.value}` : entry.value;

/** Whether a kind of events is in an account's logs, where their number does not say it. */
export const RECORDING_WORDS: Readonly<Partial<Record<RecordingVerdict, string>>> = {
  stated: 'says the configuration',
  assumed: 'too few events to tell',
  'not-seen': '',
  excluded: 'says the configuration',
};

/** What the alternative policies of a suggestion keep. */
export const VARIANT_WORDS = {
  cautious: 'keeps what was used, and what may have been used without a trace',
  strict: 'keeps only what was used',
  observed: 'keeps only what was used, on the resources that it was used on',
} as const;

/** Who made calls or began a session: the kinds of principals that are in the trail. */
export const ACTOR_WORDS: Readonly<Record<Origin['kind'], string>> = {
  user: 'user',
  role: 'role',
  root: 'root user',
  federated: 'federated user',
  saml: 'SAML sign-in',
  'web-identity': 'web identity (OIDC)',
  'identity-center': 'IAM Identity Center',
  service: 'AWS service',
  external: 'another account',
  unknown: 'not known',
  deleted: 'deleted',
};

/** Action names of a risk that `--detail services` keeps. */
const FEW_ACTIONS = 20;

/** A risk with a short list of actions, and how many more there are. */
export const shortRisk = (risk: Risk): Risk & { readonly actionsLeftOut?: number } =>
  risk.actions.length <= FEW_ACTIONS
    ? risk
    : {
        ...risk,
        actions: risk.actions.slice(0, FEW_ACTIONS),
        actionsLeftOut: risk.actions.length - FEW_ACTIONS,
      };
