import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestPlan } from '../../../src/base/requests/plan.js';
import type { RequestContents } from '../../../src/base/requests/reader.js';
import { JsonScanner } from '../../../src/trail/files/decode/json-scanner.js';
import { parseLog } from '../../../src/trail/log-files/contents.js';
import { RecordEncoder } from '../../../src/trail/files/decode/record-encoder.js';
import { plainContents } from '../../support/files/request-reference.js';
import { record } from './helpers.js';

/** `FUZZ=10000 npx vitest run test/trail/files/requests.test.ts` looks harder. */
const numRuns = Number(process.env.FUZZ ?? 500);

const PATHS = [
  'tags{}',
  'TagSpecificationSet.items.tags[Key]',
  'x-amz-acl!=private',
  'x-amz-copy-source~versionId=',
  'overrides.taskRoleArn',
  'roleName@',
  'iamInstanceProfile.name#',
];
const PLAN: RequestPlan = {
  prefixes: { first: new Map([['lambda2', 'lambda']]), second: new Map() },
  services: new Map([
    ['lambda', [{ operations: 'CreateFunction', paths: PATHS.slice(0, 4).join(' '), roles: false }]],
    ['ecs', [{ operations: 'RunTask StartTask', paths: PATHS.join(' '), roles: true }]],
  ]),
};
const CALLS: readonly (readonly [string, string, { paths: readonly string[]; roles: boolean } | null])[] = [
  ['lambda.amazonaws.com', 'CreateFunction20150331', { paths: PATHS.slice(0, 4), roles: false }],
  ['lambda2.amazonaws.com', 'CreateFunction', { paths: PATHS.slice(0, 4), roles: false }],
  ['ecs.amazonaws.com', 'StartTask', { paths: PATHS, roles: true }],
  ['ecs.amazonaws.com', 'ListTasks', null],
];

const name = fc.constantFrom(
  ...['tags', 'Tags', 'tagSpecificationSet', 'items', 'Item', 'member', 'key', 'x-amz-acl', 'X-Amz-Acl'],
  ...['x-amz-copy-source', 'overrides', 'taskRoleArn', 'roleName', 'iamInstanceProfile', 'Name', 'omitted'],
  ...['RunTaskRequest', 'input', 'other', 'tag', 'tagss', 't"ags', '__proto__', 'é'],
);
const leaf = fc.constantFrom<unknown>(
  ...['', 'false', 'private', 'public-read', 'b/k?versionId=1', 'b/k?VERSIONID=', 'app', '/team/app', 'a b'],
  ...[
    'arn:aws:iam::123456789012:role/app',
    'arn:aws-cn:iam::123456789012:instance-profile/p/x',
    'arn:aws:s3:::b',
  ],
  ...['HIDDEN_DUE_TO_SECURITY_REASONS', 'a"\\u{é}', null, true, false, 0, 7],
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(name, tie('any'), { maxKeys: 4 }),
    // Some exports write inner objects as JSON text.
    {
      weight: 1,
      arbitrary: fc.dictionary(name, tie('any'), { maxKeys: 2 }).map((one) => JSON.stringify(one)),
    },
  ),
})).any;
const request = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(name, value, { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(name, value, { maxKeys: 2 }).map((one) => JSON.stringify(one)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, undefined, '', 'x', '{', [], {}, { omitted: true }),
  },
);
const calls = fc.array(fc.tuple(fc.constantFrom(...CALLS), request), { minLength: 1, maxLength: 6 });

const scanner = new JsonScanner();

/** What the encoder finds in each record of a file; null for a call without a plan. */
function encode(bytes: Buffer): (Omit<RequestContents, never> | null)[] {
  const encoder = new RecordEncoder(scanner, PLAN);
  const encoded = encoder.encodeBytes(bytes);
  if (encoded === null) throw new Error('not scanned');
  const { calls: known, callerCallPairs, requests } = encoder.tables.delta();
  const found = new Map<number, number>();
  for (let at = 0; at < encoded.requests.length; at += 2)
    found.set(encoded.requests[at] ?? -1, encoded.requests[at + 1] ?? -1);
  return [...encoded.callerCallPair].map((pair, event) => {
    if (known[callerCallPairs[2 * pair + 1] ?? -1]?.hasPlan !== true) return null;
    return requests[found.get(event) ?? -1] ?? { parameters: 'whole', found: [], roles: [] };
  });
}

describe('requests of a log file', () => {
  it.each<[string, (text: string) => string]>([
    ['as CloudTrail writes them', (text) => text],
    ['with spaces', (text) => JSON.stringify(JSON.parse(text), null, 1)],
    ['with escapes', (text) => text.replace(/ags"/gi, 'a\\u0067s"').replaceAll('arn:', '\\u0061rn:')],
  ])('%s hold what the reference finds', (_, write) => {
    fc.assert(
      fc.property(calls, (given) => {
        const records = given.map(([[eventSource, eventName], requestParameters]) =>
          record({ eventSource, eventName, requestParameters }),
        );
        const bytes = Buffer.from(write(JSON.stringify({ Records: records })));
        const parsed = parseLog(bytes.toString()).records as { requestParameters: unknown }[];
        expect(encode(bytes)).toEqual(
          parsed.map(({ requestParameters }, at) => {
            const plan = given[at]?.[0][2] ?? null;
            return plan && plainContents(requestParameters, plan);
          }),
        );
      }),
      { numRuns },
    );
  });
});
