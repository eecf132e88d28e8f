import { beforeAll, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { AccountCoverage } from '../../src/trail/types.js';
import type { Catalog } from '../../src/catalog/types.js';
import type { Credentials } from '../../src/iam/credentials.js';
import type { Principal } from '../../src/iam/types.js';
import { findContradictions } from '../../src/review/witnesses.js';
import { principalWith } from '../iam/principal.js';
import { unseenWith } from './recorded.js';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

const period = { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' };
const coverage = {
  ...{ accountId: '111122223333', events: 5, first: null, last: null, dataEventSources: [], regions: [] },
  emptyDays: ['2026-08-15'],
};
const ann = { ...principalWith('user', [], []), name: 'ann', arn: 'arn:aws:iam::111122223333:user/ann' };

function contradictionBy(
  lastUsed: string,
  lastUsedService: string | null,
  hasTrace = false,
  user: Principal = ann,
  logs: AccountCoverage = coverage,
) {
  const known: Credentials = {
    ...{ console: false, mfa: false, activeKeys: 1, oldestKeySince: null, lastUsed, lastUsedService },
  };
  const { doubt, usedWithoutTrace } = findContradictions([user], {
    ...{ catalog, period, coverage: logs, unseen: unseenWith(catalog, []) },
    credentials: new Map([[user.arn, known]]),
    granted: () => {
      const set = emptySet(catalog.actions.length);
      for (const action of ['s3:GetObject', 'ec2:DescribeInstances']) add(set, catalog.indexOf(action) ?? -1);
      return set;
    },
    hasTrace: () => hasTrace,
  });
  return { doubt, isUsedWithoutTrace: usedWithoutTrace.has(user.arn) };
}

const DOUBTED = { doubt: expect.objectContaining({ type: 'user' }) as unknown, isUsedWithoutTrace: true };
const NOTHING = { doubt: null, isUsedWithoutTrace: false };

it('doubts logs that show nothing of what AWS saw', () => {
  expect(contradictionBy('2026-08-14T10:00:00Z', 'ec2')).toEqual({
    doubt: { type: 'user', name: 'ann', at: '2026-08-14T10:00:00Z', others: 0 },
    isUsedWithoutTrace: true,
  });
  expect(contradictionBy('2026-08-14T10:00:00Z', null)).toEqual(DOUBTED);
});

it('doubts logs whose day without events is proven complete', () => {
  const digests = { files: 24, signed: 0, regions: [], provenDays: ['2026-08-15'] };
  expect(contradictionBy('2026-08-15T10:00:00Z', 'ec2', false, ann, { ...coverage, digests })).toEqual(
    DOUBTED,
  );
});

it('does not doubt the logs of a day without events, and knows nothing of the user', () => {
  expect(contradictionBy('2026-08-15T10:00:00Z', 'ec2')).toEqual({ doubt: null, isUsedWithoutTrace: true });
});

it('does neither where the logs show something, or could not have shown the call', () => {
  expect(contradictionBy('2026-08-14T10:00:00Z', 'ec2', true)).toEqual(NOTHING);
  expect(contradictionBy('2026-06-30T23:59:59Z', 'ec2')).toEqual(NOTHING);
  expect(contradictionBy('2026-10-01T00:00:00Z', 'ec2')).toEqual(NOTHING);
  expect(contradictionBy('2026-08-14T10:00:00Z', 's3')).toEqual(NOTHING);
});

it('takes no service-linked role for a witness', () => {
  const role = { ...principalWith('role', [], []), serviceLinked: true, lastUsed: '2026-08-14T10:00:00Z' };
  expect(contradictionBy('2026-08-14T10:00:00Z', 'ec2', false, role as Principal)).toEqual(NOTHING);
});
