import type { IamAccount } from '../iam/types.js';

/** Finds the roles of one account by what requests name: an ARN, `role/NAME` or an instance profile. */
export class RoleNames {
  #arns: ReadonlyMap<string, string> | undefined;

  constructor(private readonly account: Pick<IamAccount, 'principals'>) {}

  /**
   * @param named as in `PassedRole.role`
   * @returns ARN of the role; null if the account has no such role or instance profile
   */
  find(named: string): string | null {
    return this.#roles().get(keyOf(named)) ?? null;
  }

  #roles(): ReadonlyMap<string, string> {
    return (this.#arns ??= new Map(
      this.account.principals.flatMap((principal) => {
        if (principal.type !== 'role') return [];
        const { arn, instanceProfiles } = principal;
        return [arn, ...instanceProfiles].flatMap((one) => [
          [one.toLowerCase(), arn] as const,
          [keyOf(`${isProfile(one) ? 'instance-profile' : 'role'}/${one}`), arn] as const,
        ]);
      }),
    ));
  }
}

export const isProfile = (named: string): boolean => /^(arn:.*:)?instance-profile\//.test(named);

/** Names are unique in an account, whatever the path and case (IAM User Guide: IAM and AWS STS quotas). */
const keyOf = (named: string): string =>
  (named.startsWith('arn:') ? named : named.replace(/\/.*\//, '/')).toLowerCase();
