import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { FurtherTable } from '../../src/catalog/further-actions.js';
import { MAX_PATHS } from '../../src/base/requests/matcher.js';
import type { RequestPath } from '../../src/base/requests/path.js';
import type { FurtherAction } from '../../src/catalog/further-types.js';
import { requestEvidence, rolePassingOperations } from '../support/request-evidence.js';

const REFERENCE = '../shared/data/service-reference.json';
const catalog = await loadCatalog();
const furtherEvidence = requestEvidence(catalog);
const rolePassing = rolePassingOperations();
const table = JSON.parse(readFileSync('data/catalog/further-actions.json', 'utf8')) as FurtherTable;
const operations = [
  ...new Set(
    Object.entries(table.services).flatMap(([service, entries]) =>
      entries.flatMap((entry) => entry.operations.split(' ').map((operation) => `${service}:${operation}`)),
    ),
  ),
].sort();
const event = (operation: string): [string, string] => {
  const [service = '', name = ''] = operation.split(':');
  return [`${service}.amazonaws.com`, name];
};
const NESTED_TAGS =
  'amplifyuibuilder appstream aws-marketplace backup bedrock bedrock-agentcore cognito-identity cognito-idp directconnect dynamodb ec2 imagebuilder iotfleetwise lex managedblockchain mediaconnect mobiletargeting omics rds s3 servicecatalog social-messaging ssm-incidents thinclient workspaces'.split(
    ' ',
  );
const ownActions = (operation: string): readonly number[] => {
  const mapping = catalog.mapEvent(...event(operation));
  return mapping.kind === 'actions' ? mapping.actions : [];
};

test('the table names actions and reasons that exist, and few enough parameters', () => {
  const entries = Object.values(table.services).flat();
  const actions = entries.flatMap(({ action, instead }) => [
    action,
    ...(instead === undefined ? [] : [instead]),
  ]);
  expect(actions.filter((action) => catalog.indexOf(action) === undefined)).toEqual([]);
  expect(entries.filter(({ hidden }) => hidden !== undefined && table.reasons[hidden] === undefined)).toEqual(
    [],
  );
  expect(entries.filter(({ hidden, shownBy }) => hidden === undefined && (shownBy ?? '') === '')).toEqual([]);
  const paths = operations.map((operation) =>
    catalog
      .furtherActions(...event(operation))
      .reduce(
        (sum, { evidence }) => sum + (evidence.kind === 'hidden' ? evidence.when : evidence.paths).length,
        0,
      ),
  );
  expect(Math.max(...paths)).toBeLessThanOrEqual(MAX_PATHS);
});

describe.skipIf(!existsSync(REFERENCE))(
  'every action that the Service Reference says an operation needs',
  () => {
    const { operations: reference } = JSON.parse(readFileSync(REFERENCE, 'utf8')) as {
      operations: Record<string, string[]>;
    };

    /** [operations, actions, why]. */
    const LEFT_OUT: readonly [RegExp, RegExp, string][] = [
      [/^s3:/, /^s3-object-lambda:/, 'calls through an Object Lambda access point have events of their own'],
      [/^logs:/, /^logs:(FilterLogEvents|DescribeLogGroups)$/, 'CloudWatch Logs permissions reference'],
      [
        /^sso-oauth:CreateToken$/,
        /./,
        'authorized by a client and a code (IAM Identity Center OIDC API Reference)',
      ],
    ];

    it('is one of its event or a further one', () => {
      const missing = Object.entries(reference).flatMap(([operation, actions]) => {
        const logged = operation.replace(/^opensearch:/, 'es:');
        const known = new Set([
          ...ownActions(logged),
          ...catalog.furtherActions(...event(logged)).map(({ action }) => action),
        ]);
        return actions
          .filter((action) => !known.has(catalog.indexOf(action) ?? -1))
          .filter((action) => !LEFT_OUT.some(([of, what]) => of.test(operation) && what.test(action)))
          .map((action) => `${operation} ${action}`);
      });
      expect(missing).toEqual([]);
    });

    it('is shown by tags in the usual spellings, outside a few services', () => {
      const tags = [{ key: 'a', value: 'b' }];
      const request = {
        tags,
        tagList: tags,
        tagsList: tags,
        resourceTags: tags,
        tagSpecifications: [{ tags }],
        tagSpecificationSet: { items: [{ tags }] },
        'x-amz-tagging': 'a=b',
      };
      const unseen = Object.entries(reference).flatMap(([operation, actions]) => {
        const logged = operation.replace(/^opensearch:/, 'es:');
        const { own, shown, possible } = furtherEvidence(...event(logged), request);
        const known = new Set([
          ...(own.kind === 'actions' ? own.actions : []),
          ...[...shown, ...possible].map(({ action }) => action),
        ]);
        return actions
          .filter((action) =>
            /:(Tag\w*|AddTags\w*|CreateTags|CreateOrUpdateTags|PutObjectTagging)$/.test(action),
          )
          .filter((action) => action !== operation && !known.has(catalog.indexOf(action) ?? -1))
          .map(() => operation);
      });
      // Their tags are nested, or named after what they tag.
      expect([...new Set(unseen.map((operation) => operation.split(':')[0]))].sort()).toEqual(NESTED_TAGS);
      expect(unseen.length).toBeLessThan(70);
      expect(unseen.filter((operation) => /^(dynamodb|ec2|rds|s3):/.test(operation))).toEqual([
        'dynamodb:UpdateTable',
        'ec2:RequestSpotFleet',
        'rds:DeleteDBCluster',
        'rds:DeleteDBInstance',
        'rds:DeleteTenantDatabase',
        'rds:StopDBInstance',
        's3:PutObjectTagging',
      ]);
    });

    it('is iam:PassRole for each operation that may pass a role', () => {
      const passing = Object.entries(reference).filter(([, actions]) => actions.includes('iam:PassRole'));
      expect(passing).toHaveLength(859);
      const missing = passing
        .map(([operation]) => operation.replace(/^opensearch:/, 'es:'))
        .filter((operation) => !rolePassing.has(operation));
      expect(missing).toEqual([]);
      expect(rolePassing.size - 859).toBeLessThan(20);
    });
  },
);

describe('a request with the parameter of a further action', () => {
  it('shows it, in whatever case, list or wrapper, among other parameters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...operations.filter((operation) => shownBy(operation).length > 0)),
        fc.infiniteStream(fc.nat()),
        fc.dictionary(
          fc.constantFrom('name', 'description', 'count', 'clientToken'),
          fc.jsonValue({ maxDepth: 2 }),
        ),
        (operation, numbers, others) => {
          const choose = (count: number): number => (numbers.next().value ?? 0) % count;
          const wanted = choosePaths(
            shownBy(operation).filter(() => choose(2) === 0),
            choose,
          );
          const request = wanted.reduce<object>((body, { path }) => merge(body, build(path, choose)), others);
          const { parameters, own, shown } = furtherEvidence(...event(operation), request);
          if (wanted.length === 0) return;
          expect(parameters).toBe('whole');
          const used = new Set([
            ...(own.kind === 'actions' ? own.actions : []),
            ...shown.map(({ action }) => action),
          ]);
          const replaced = new Set(
            shownBy(operation)
              .filter(({ action }) => used.has(action))
              .map(({ instead }) => instead),
          );
          for (const { action } of wanted) if (!replaced.has(action)) expect(used).toContain(action);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

interface Shown {
  readonly action: number;
  readonly paths: readonly RequestPath[];
  readonly instead: number | null;
}

function shownBy(operation: string): Shown[] {
  return catalog.furtherActions(...event(operation)).flatMap(({ action, evidence }: FurtherAction) => {
    if (evidence.kind === 'hidden' || evidence.paths.length === 0) return [];
    const instead = evidence.kind === 'parameter' ? evidence.instead : null;
    return [{ action, paths: evidence.paths, instead }];
  });
}

/** Chooses one path of each entry, so that no two begin with the same parameter. */
function choosePaths(list: readonly Shown[], choose: (count: number) => number) {
  const taken = new Set<string | undefined>();
  return list.flatMap((shown) => {
    const path = shown.paths[choose(shown.paths.length)];
    const first = path?.path.toLowerCase().split('.')[0];
    if (path === undefined || taken.has(first)) return [];
    taken.add(first);
    return [{ ...shown, path }];
  });
}

/** A request with a value at the path, in one of the shapes of CloudTrail's. */
function build({ path, contains, names }: RequestPath, choose: (count: number) => number): object {
  const text = contains === null ? 'value' : `a ${contains} b`;
  const arn = 'arn:aws:iam::123456789012:role/path/name';
  const tags = [
    { key: 'a', value: '' },
    { items: [{ key: 'a', value: 'b' }] },
    [{ key: 'a' }],
    { a: '' },
    text,
  ];
  const value =
    names !== null ? [arn, text][choose(2)] : contains !== null ? text : tags[choose(tags.length)];
  const inner = path
    .split('.')
    .reverse()
    .reduce<unknown>((body, name) => {
      const spelled =
        [name, name.charAt(0).toLowerCase() + name.slice(1), name.toUpperCase()][choose(3)] ?? name;
      return { [spelled]: [body, [body], { items: [body] }][typeof body === 'object' ? choose(3) : 0] };
    }, value) as object;
  return choose(5) === 0 ? { SomeRequest: inner } : inner;
}

function merge(a: object, b: object): object {
  const result: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b) as [string, unknown][]) {
    const before = result[key];
    const objects = isPlain(before) && isPlain(value);
    result[key] = objects ? merge(before, value) : value;
  }
  return result;
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
