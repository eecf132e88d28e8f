import { runCheck, type CheckResult } from '../../src/commands/check.js';

/** Checks on a day of 2026-11, without telling of its progress. */
export const check = (
  config: string,
  period: { start?: string; end?: string; quarter?: string },
): Promise<CheckResult> =>
  runCheck({
    config,
    ...period,
    concurrency: 2,
    now: new Date('2026-11-01T00:00:00Z'),
    onProgress: () => undefined,
  });

/** Authorization details of an account with one user. @param policies ARNs of the managed policies attached to the user */
export function details(account: string, policies: readonly string[] = []): string {
  return JSON.stringify({
    UserDetailList: [
      {
        Path: '/',
        UserName: 'alice',
        UserId: `AIDAALICE${account.slice(0, 2)}`,
        Arn: `arn:aws:iam::${account}:user/alice`,
        CreateDate: '2020-01-01T00:00:00+00:00',
        GroupList: [],
        AttachedManagedPolicies: policies.map((arn) => ({ PolicyName: 'p', PolicyArn: arn })),
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
}
