import { expect, it } from 'vitest';
import { provesPermission } from '../../src/review/error-codes.js';

it('takes a dry run as proof of the permission, and no other error', () => {
  expect(provesPermission('ec2.amazonaws.com', 'Client.DryRunOperation')).toBe(true);
  expect(provesPermission('ec2.amazonaws.com', 'DryRunOperation')).toBe(true);
  expect(provesPermission('kms.amazonaws.com', 'DryRunOperationException')).toBe(true);
  expect(provesPermission('s3.amazonaws.com', 'DryRunOperation')).toBe(false);
  expect(provesPermission('ec2.amazonaws.com', 'Client.VcpuLimitExceeded')).toBe(false);
  expect(provesPermission('ec2.amazonaws.com', null)).toBe(false);
});
