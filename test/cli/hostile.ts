import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One character of each kind that a terminal obeys: C0, DEL, C1, bidirectional controls, and line separators. */
export const CONTROLS = '\u001b]0;title\u0007\r\n\t\u007f\u009b2J\u202e\u2066\u200f\u2028\u2029';

/** What is printed of them. */
export const SHOWN =
  '\\u001b]0;title\\u0007\\u000d\\u000a\\u0009\\u007f\\u009b2J\\u202e\\u2066\\u200f\\u2028\\u2029';

/** Whether a text contains no control characters, except line feeds, and no bidirectional controls. */
export const isPlain = (text: string): boolean => !/[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/u.test(text);

const ACCOUNT = '111122223333';

export const PERIOD = ['--start', '2026-07-01', '--end', '2026-07-31'];

function record(over: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    eventVersion: '1.08',
    eventTime: '2026-07-02T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    eventType: 'AwsApiCall',
    eventID: 'event-1',
    recipientAccountId: ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      principalId: 'AIDAALICE',
      accountId: ACCOUNT,
    },
    ...over,
  };
}

/** An IAM user that may list buckets, through a policy of a name. */
const user = (name: string, id: string, policy: string): unknown => ({
  Path: '/',
  UserName: name,
  UserId: id,
  Arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  CreateDate: '2025-01-02T03:04:05Z',
  GroupList: [],
  AttachedManagedPolicies: [],
  UserPolicyList: [
    {
      PolicyName: policy,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
      },
    },
  ],
});

/** Makes a folder of one account, where every name that others choose has those characters in it. @returns the configuration */
export function hostileAccount(name = CONTROLS): string {
  const root = mkdtempSync(join(tmpdir(), 'cloudtracker-hostile-'));
  const files = {
    'iam.json': JSON.stringify({
      UserDetailList: [
        user('alice', 'AIDAALICE', `p${name}`),
        user(`bob${name}`, 'AIDABOB', 'p'),
        // Its policies are nowhere.
        {
          ...(user(`carol${name}`, 'AIDACAROL', 'p') as object),
          AttachedManagedPolicies: [
            { PolicyName: `m${name}`, PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/m${name}` },
          ],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    }),
    'logs/whole.json': JSON.stringify({ Records: [record()] }),
    [`logs/damaged${name.replaceAll('/', '')}.json`]: 'nothing',
    'config.yaml': JSON.stringify({
      accounts: [{ name: `one${name}`, id: ACCOUNT, iam: 'iam.json' }],
      files: { path: 'logs' },
    }),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return join(root, 'config.yaml');
}
