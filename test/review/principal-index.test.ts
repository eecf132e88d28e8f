import { describe, expect, it } from 'vitest';
import type { IamAccount, Principal } from '../../src/iam/types.js';
import { PrincipalIndex } from '../../src/review/principal-index.js';
import type { Actor } from '../../src/trail/types.js';
import { principalWith } from '../iam/principal.js';

const ACCOUNT = '111111111111';
const role: Principal = {
  ...principalWith('role', []),
  ...{ arn: `arn:aws:iam::${ACCOUNT}:role/Team/Deploy`, id: 'AROADEPLOY', name: 'Deploy' },
};
const account: IamAccount = { id: ACCOUNT, name: 'one', principals: [role], listed: 1, warnings: [] };
const index = new PrincipalIndex([account]);
const actor = (arn: string, id: string | null): Actor => ({ kind: 'role', arn, id, accountId: ACCOUNT });

// IAM and AWS STS quotas, IAM name requirements: names are not distinguished by case.
describe('a principal is found without regard to case', () => {
  it.each([
    [role.arn, 'AROADEPLOY'],
    [role.arn.toLowerCase(), 'aroadeploy'],
    [role.arn.toLowerCase(), null],
    ['arn:aws:iam::111111111111:role/deploy', 'aroadeploy'],
    // The ARN of a session lacks the path (IAM identifiers: Friendly names and paths).
    ['arn:aws:iam::111111111111:role/Deploy', null],
  ])('%s, %s', (arn, id) => {
    expect(index.match(actor(arn, id))).toEqual({ kind: 'principal', principal: role });
  });

  it.each([
    [role.arn.toLowerCase(), 'aroaearlier'],
    ['arn:aws:iam::111111111111:role/deploy', 'aroaearlier'],
    ['arn:aws:iam::111111111111:role/other/deploy', null],
  ])('but not by another id or path: %s, %s', (arn, id) => {
    expect(index.match(actor(arn, id))).toEqual({ kind: 'deleted' });
  });

  it('and its ARN is spelled as IAM does', () => {
    expect(index.spelled(role.arn.toLowerCase())).toBe(role.arn);
    expect(index.spelled('arn:aws:iam::222222222222:role/x')).toBe('arn:aws:iam::222222222222:role/x');
    expect(index.spelled('arn:aws:iam::111111111111:role/deploy')).toBe(role.arn);
    expect(index.find('aroadeploy')).toBe(role);
  });
});
