import type { TrustEntry, TrustKind } from '../iam/types.js';
import type { TrustFinding, TrustReview } from '../review/types.js';

/** Title of each trust policy finding, and its meaning. */
export const TRUST_FINDINGS: Readonly<
  Record<TrustFinding, { readonly title: string; readonly meaning: string }>
> = {
  everyone: { title: 'open to everyone', meaning: 'Any AWS principal can try to assume the role.' },
  'whole-account': {
    title: 'whole account',
    meaning: 'The account decides which of its users and roles can assume the role.',
  },
  'unknown-account': {
    title: 'unknown account',
    meaning: 'The account is not part of this review. Ask who owns it.',
  },
  'deleted-principal': {
    title: 'deleted principal',
    meaning: 'The user or role no longer exists. Remove the entry.',
  },
  'no-condition': {
    title: 'no condition',
    meaning: 'The entry has no condition that limits it, such as sts:ExternalId.',
  },
  'never-assumed': {
    title: 'never assumed',
    meaning: 'The logs of the period show no role assumption through the entry.',
  },
};

const ALLOWS: Readonly<Record<TrustKind, string>> = {
  everyone: 'Allows everyone.',
  account: 'Allows a whole account.',
  user: 'Allows one user.',
  role: 'Allows one role.',
  session: 'Allows one role session.',
  deleted: 'Names a user or role that no longer exists.',
  service: 'Allows an AWS service to act with the permissions of this role.',
  federated: 'Allows identities of an identity provider.',
  other: 'Allows the principal that it names.',
};

function describeEntry(entry: TrustEntry, roleAccountId: string): string {
  if (entry.inverted) return 'Allows everyone except the principal that it names.';
  return entry.kind === 'account' && entry.accountId === roleAccountId
    ? 'Allows the users and roles of this account whose identity policies allow it.'
    : ALLOWS[entry.kind];
}

export function describeTrustFinding(finding: TrustFinding, entry: TrustEntry): string {
  const account = entry.accountId ?? entry.value;
  switch (finding) {
    case 'everyone':
      return entry.inverted
        ? `Any AWS principal except ${entry.value} can try to assume this role.`
        : 'Any AWS principal can try to assume this role: no condition limits it to known principals or accounts.';
    case 'whole-account':
      return `The administrators of account ${account} decide which of its users and roles can assume this role.`;
    case 'unknown-account':
      return `Account ${account} is not part of this review. Ask who owns it.`;
    case 'deleted-principal':
      return `The user or role with the unique ID ${entry.value} no longer exists. Remove the entry.`;
    case 'no-condition':
      return entry.kind === 'federated'
        ? `Every identity of ${entry.value} can assume this role: no condition limits the identities.`
        : `No condition, such as sts:ExternalId, limits account ${account}, which is outside this review.`;
    case 'never-assumed':
      return `The logs of the period show no role assumption through the entry ${entry.value}.`;
  }
}

/** Who the entry allows, then each finding. */
export const describeTrust = (entry: TrustReview, roleAccountId: string): string =>
  [
    describeEntry(entry, roleAccountId),
    ...entry.findings.map((finding) => describeTrustFinding(finding, entry)),
  ].join(' ');

/** Trusted principal as written; NotPrincipal names the excluded one. */
export const trustedName = ({ inverted, value }: TrustEntry): string =>
  inverted ? `everyone except ${value}` : value;
