import { beforeAll, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { Catalog } from '../../src/catalog/types.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { parseAuthorizationDetails } from '../../src/iam/parse.js';
import { RowsByPrincipal } from '../../src/review/rows-by-principal.js';
import { createReview, type Review } from '../../src/review/review.js';
import type { ActivityRow, WeekRow } from '../../src/trail/types.js';

const ID = '111122223333';
const OTHER = '444455556666';
const user = (name: string) => ({
  UserName: name,
  UserId: `AIDA${name.toUpperCase()}`,
  Arn: `arn:aws:iam::${ID}:user/${name}`,
  Path: '/',
  CreateDate: '2024-01-01T00:00:00Z',
  UserPolicyList: [
    {
      PolicyName: 'own',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      },
    },
  ],
});
const account = parseAuthorizationDetails(
  { UserDetailList: [user('ann'), user('bob')], RoleDetailList: [] },
  'demo.json',
  { id: ID, name: 'demo' },
);

const actor = { kind: 'user', arn: `arn:aws:iam::${ID}:user/ann`, id: 'AIDAANN', accountId: ID } as const;
const call: ActivityRow = {
  actor,
  recipientAccountId: ID,
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  apiCall: true,
  outcome: 'succeeded',
  errorCode: null,
  count: 3,
  first: '2026-07-01T00:00:00Z',
  last: '2026-07-02T00:00:00Z',
};
const week: WeekRow = { actor, recipientAccountId: ID, week: '2026-06-29', outcome: 'succeeded', count: 3 };

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

// eslint-disable-next-line @typescript-eslint/require-await -- a trail's answers are asynchronous
async function* stream<T>(...rows: T[]): AsyncGenerator<T> {
  yield* rows;
}

const review = (): Promise<Review> =>
  createReview({
    head: {
      id: '2026-Q3',
      period: { start: '2026-07-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
      toolVersion: '0',
      catalogUpdatedAt: catalog.updatedAt,
      catalogActions: catalog.actions.length,
      accounts: [{ id: ID, name: 'demo' }],
    },
    catalog,
    accounts: [account],
    evaluators: new Map([[ID, createEvaluator(catalog)]]),
    rules: { allowedPairs: () => [], mayAssume: () => 'no' },
    coverage: [],
    activity: stream(call),
    assumptions: stream(),
    people: stream(),
    resources: stream(),
    requests: stream(),
    weeks: stream(week),
    notes: () => ({
      engine: { kind: 'files', label: 'CloudTrail log files' },
      retryable: false,
      warnings: [],
      counts: {},
      incomplete: [],
    }),
    exemptions: [],
    credentials: new Map(),
    owners: { tags: [], accounts: [] },
    dataEvents: [],
    configured: [],
  });

it('the principals can be gone through once: what the trail tells of each is forgotten with it', async () => {
  const given = await review();
  const [ann, bob] = [...given.principals()].map(({ principal }) => principal);
  expect(ann?.used.map(({ action, count }) => [action, count])).toEqual([['s3:ListAllMyBuckets', 3]]);
  expect(ann?.weeks).toEqual([{ week: '2026-06-29', succeeded: 3, denied: 0, failed: 0 }]);
  expect([bob?.used, bob?.weeks]).toEqual([[], []]);
  expect(given.totals().summaries.map(({ name, counts }) => [name, counts.used])).toEqual([
    ['ann', 1],
    ['bob', 0],
  ]);
  expect(() => given.principals()).toThrow('can be gone through once');
});

it('rows of a principal are handed out once, those of another account only where its own has none', () => {
  const [ann] = account.principals;
  if (ann === undefined) throw new Error('no principal');
  const rows = new RowsByPrincipal<ActivityRow>((row) => row.eventName);
  const foreign = { ...call, recipientAccountId: OTHER };
  const onlyThere = { ...foreign, eventName: 'GetObject' };
  for (const row of [foreign, onlyThere, call]) rows.add(ann, row);
  expect(rows.take(ann)).toEqual([call, onlyThere]);
  expect(rows.take(ann)).toEqual([]);
});
