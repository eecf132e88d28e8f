import type { IamAccount, Role } from '../iam/types.js';

/** Finds the roles of one account by what requests name: an ARN, `role/NAME` or an instance profile. */
export class RoleNames {
  #found: ReadonlyMap<string, Role> | undefined;

  constructor(private readonly account: Pick<IamAccount, 'principals'>) {}

  /**
   * @param named as in `PassedRole.role`
   * @returns ARN of the role; null if the account has no such role or instance profile
   */
  find(named: string): string | null {
    return this.#roles().get(keyOf(named))?.arn ?? null;
  }

  /** Whether the trust policy of a role names one of the services; true for a role that the account does not have. */
  trusts(arn: string, services: readonly string[]): boolean {
    const role = this.#roles().get(keyOf(arn));
    if (role === undefined) return true;
    return role.trust.statements.some(
      ({ effect, principals }) =>
        effect === 'Allow' && principals?.['Service']?.some((service) => services.includes(service)) === true,
    );
  }

  #roles(): ReadonlyMap<string, Role> {
    return (this.#found ??= new Map(
      this.account.principals.flatMap((principal) => {
        if (principal.type !== 'role') return [];
        const { arn, instanceProfiles } = principal;
        return [arn, ...instanceProfiles].flatMap((one) => [
          [one.toLowerCase(), principal] as const,
          [keyOf(`${isProfile(one) ? 'instance-profile' : 'role'}/${one}`), principal] as const,
        ]);
      }),
    ));
  }
}

export const isProfile = (named: string): boolean => /^(arn:.*:)?instance-profile\//.test(named);

/** Names are unique in an account, whatever the path and case (IAM User Guide: IAM and AWS STS quotas). */
const keyOf = (named: string): string =>
  (named.startsWith('arn:') ? named : named.replace(/\/.*\//, '/')).toLowerCase();
