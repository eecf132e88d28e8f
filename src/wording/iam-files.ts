import { plural } from '../base/plural.js';
import type {
  DocumentFault,
  IamFileError,
  IamFileFault,
  IamFileType,
  IamWarning,
  MissingPolicy,
  PolicyOwner,
  RowFault,
  ScpFault,
  WrongContent,
} from '../iam/faults.js';
import { few, listed } from './lists.js';

/** The commands that export each type of file. */
const HOW_TO_EXPORT: Readonly<Record<IamFileType, string>> = {
  'authorization-details': 'Export it with: aws iam get-account-authorization-details > FILE',
  'credential-report':
    'Export it with: aws iam generate-credential-report, then: aws iam get-credential-report > FILE',
  'policy-documents':
    'Export it with: aws iam get-policy-version --policy-arn ARN --version-id VERSION | jq \'{"ARN": .}\' > FILE',
  scp: 'Export it with: aws organizations describe-policy --policy-id ID > FILE (several policies: a JSON list of these)',
};

const NAMES: Readonly<Record<IamFileType, string>> = {
  'authorization-details': 'the authorization details of an account',
  'credential-report': 'a credential report',
  'policy-documents': 'a JSON object of policy ARNs and documents',
  scp: 'a service control policy',
};

/** Names in a warning. */
const FEW_USERS = 5;
const FEW_POLICIES = 3;

/** What is wrong with the file, then how to export the right one. */
export const describeIamFileError = ({ file, type, fault }: IamFileError): string =>
  `${file} ${describeFault(fault, type)}. ${
    fault.kind === 'nothing-allowed'
      ? 'Add the other policies of the same root, OU or account, usually FullAWSAccess: aws organizations describe-policy --policy-id p-FullAWSAccess'
      : HOW_TO_EXPORT[type]
  }`;

function describeFault(fault: IamFileFault, type: IamFileType): string {
  switch (fault.kind) {
    case 'unreadable':
      return `cannot be read (${fault.reason})`;
    case 'not-json':
      return fault.problem;
    case 'wrong-content':
      return describeContent(fault.found, type);
    case 'one-page':
      return `is only one page of the authorization details (it contains ${listed(fault.keys)})`;
    case 'no-arn':
      return `has an entry without Arn: ${fault.place}${fault.name === '' ? '' : ` (${fault.name})`}`;
    case 'same-arn':
      return `contains ${fault.arn} twice: ${fault.before} and ${fault.place}`;
    case 'boundary-without-arn':
      return `has a PermissionsBoundary without PermissionsBoundaryArn: ${fault.place} (${fault.arn})`;
    case 'other-account': {
      const { accounts } = fault;
      const found =
        accounts === null
          ? 'no users or roles'
          : accounts.length === 0
            ? 'principals of an unknown account'
            : `account ${listed(accounts)}`;
      return `contains ${found}, not account ${fault.expected.id} (${fault.expected.name})`;
    }
    case 'missing-columns':
      return `is not a credential report: column ${fault.columns.join(', ')} is missing`;
    case 'no-content':
      return 'is not a credential report: its JSON has no text Content';
    case 'not-csv':
      return `is not a credential report (${fault.problem})`;
    case 'no-documents':
      return 'contains no policy document';
    case 'empty-level':
      return 'is an empty list: every level of an organization has a policy';
    case 'nothing-allowed':
      return 'has no Allow statement, and a level that allows nothing denies everything';
    case 'not-policy-arn':
      return `has the key ${fault.key}, which is not a policy ARN`;
    case 'bad-document':
      return `contains a document of ${fault.arn} that cannot be read: ${describeDocumentFault(fault.fault)}`;
    case 'bad-scp':
      return `${fault.item === null ? '' : `has an item ${fault.item} that `}${describeScpFault(fault.fault)}`;
  }
}

function describeContent(found: WrongContent, type: IamFileType): string {
  switch (found) {
    case 'list':
      return `is a list, not ${NAMES[type]}`;
    case 'not-object':
      return type === 'policy-documents' ? `is not ${NAMES[type]}` : 'is not a JSON object';
    case 'cloudtrail-logs':
      return 'is a CloudTrail log file';
    case 'list-users':
      return 'is the output of list-users';
    case 'list-roles':
      return 'is the output of list-roles';
    case 'list-policies':
      return 'is the output of list-policies, which has no documents';
    case 'authorization-details':
      return 'contains IAM authorization details';
    case 'policy-document':
      return 'is a policy document without the ARN of its policy';
    case 'get-policy-version':
      return 'is the output of get-policy-version, which does not contain the ARN of the policy';
    case 'unknown':
      return type === 'scp'
        ? 'has neither Statement nor Policy.Content'
        : 'has neither UserDetailList nor RoleDetailList';
  }
}

function describeScpFault(fault: ScpFault): string {
  switch (fault.kind) {
    case 'wrong-content':
      return describeContent(fault.found, 'scp');
    case 'other-type':
      return `is a ${fault.type}, not a service control policy`;
    case 'has-principal':
      return 'has a Principal, which only resource-based policies and resource control policies have';
    case 'bad-document':
      return `cannot be read: ${describeDocumentFault(fault.fault)}`;
  }
}

function describeDocumentFault(fault: DocumentFault): string {
  switch (fault.kind) {
    case 'not-text':
      return `${fault.element} is not a string or a list of strings`;
    case 'not-object':
      return `${fault.element} is not an object`;
    case 'no-effect':
      return 'Effect is neither Allow nor Deny';
    case 'no-action':
      return 'a statement has neither Action nor NotAction';
    case 'no-resource':
      return 'a statement has neither Resource nor NotResource';
    case 'no-principal':
      return 'a trust policy statement has no Principal';
    case 'too-long':
      return `the document has more than ${plural(fault.most, 'character')}`;
    case 'not-json':
      return fault.problem;
  }
}

/** Names the policy; in lists, and after "the document of". */
export function missingPolicyName(policy: MissingPolicy): string {
  switch (policy.kind) {
    case 'managed':
      return policy.arn;
    case 'inline':
      return `inline policy ${policy.name} of ${ownerName(policy.owner)}`;
    case 'group':
      return `group ${policy.name}`;
    case 'trust':
      return `trust policy of ${policy.arn}`;
  }
}

const ownerName = (owner: PolicyOwner): string =>
  owner.kind === 'group' ? `group ${owner.name}` : owner.arn;

export function describeIamWarning(warning: IamWarning): string {
  const { file } = warning;
  switch (warning.kind) {
    case 'bad-policy':
      return `${file}: The ${warning.policy.kind === 'managed' ? 'managed policy ' : ''}${missingPolicyName(warning.policy)} cannot be read, so its permissions are unknown: ${describeDocumentFault(warning.fault)}.`;
    case 'missing-group':
      return `${file}: The group ${warning.group} of ${warning.user} is missing, so its permissions are unknown.`;
    case 'same-id':
      return `${file}: ${listed(warning.arns)} have the same unique ID ${warning.id}. Events are credited by ARN.`;
    case 'other-accounts':
      return `${file}: ${warning.principals} of ${plural(warning.all, 'principal')} ${warning.principals === 1 ? 'belongs' : 'belong'} to account ${listed(warning.accounts)}.`;
    case 'missing-documents':
      return (
        `${file} does not contain the documents of ${plural(warning.arns.length, 'policy', 'policies')}: ${few(warning.arns, FEW_POLICIES)}. ` +
        'Export it without --filter, or add the documents with the configuration key boundary.'
      );
    case 'bad-row':
      return `${file}:${warning.line}: This row of the credential report is skipped: ${describeRowFault(warning.fault)}.`;
    case 'users-without-row':
      return `${file} has no row for ${plural(warning.users.length, 'user')}: ${few(warning.users, FEW_USERS)}. Export a new credential report, then create the report again.`;
  }
}

function describeRowFault(fault: RowFault): string {
  switch (fault.kind) {
    case 'cells':
      return `it has ${fault.found} of ${fault.expected} columns`;
    case 'not-user-arn':
      return `arn "${fault.arn}" is not the ARN of a user`;
    case 'not-boolean':
      return `${fault.column} "${fault.value}" is neither true nor false`;
    case 'not-time':
      return `${fault.column} "${fault.value}" is not a time`;
  }
}
