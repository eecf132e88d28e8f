import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { eventNames } from '../../src/base/event-names.js';
import { PREFIX_TABLES } from '../../src/catalog/tables/prefixes.js';

const REFERENCE = '../shared/data/service-reference.json';
const catalog = await loadCatalog();

/** What differs from the Service Reference on purpose: event source and name → why. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  'api.mediatailor PutFunction': 'the reference lists the tag action only, which tags in the request show',
  'mediatailor PutFunction': 'the reference lists the tag action only, which tags in the request show',
  'connect CreateTestCase': 'the reference lists the tag action only, which tags in the request show',
  'connect CreateExtractionDefinition':
    'the reference lists the tag action only; IAM has an action of the name',
  'ec2 CreateIpamInternetRegistryAssociation':
    'the reference lists the tag action only; IAM has an action of the name',
  'dynamodb RestoreTableToPointInTime':
    'the reference lists further actions only; IAM has an action of the name',
  'lambda AddEventSource': 'the reference lists iam:PassRole only, which a role in the request shows',
  'oidc CreateToken':
    'authorized by a client and a code, not by IAM (IAM Identity Center OIDC API Reference)',
  'sso-oauth CreateToken':
    'authorized by a client and a code, not by IAM (IAM Identity Center OIDC API Reference)',
  's3 GetObjectAttributes':
    'needs s3:GetObjectAttributes besides what the reference lists (Amazon S3 API Reference)',
  'sts GetCallerIdentity': 'needs no permission (AWS STS API Reference)',
  'sts GetSessionToken': 'needs no permission (AWS STS API Reference)',
  'waf-regional DisassociateWebACL':
    'the reference lists further actions only; IAM has an action of the name',
};

describe.skipIf(!existsSync(REFERENCE))('the map of events, compared with the Service Reference', () => {
  it('differs only on purpose', () => {
    const found = differences();
    expect(found.rows).toBeGreaterThan(20_000);
    expect(Object.keys(found.differences).sort()).toEqual(Object.keys(ON_PURPOSE).sort());
  });
});

/** Compares every operation of the SDKs and of the Service Reference for which the reference has actions. */
function differences() {
  const reference = readOperations<string[]>(REFERENCE, 'operations');
  const sdks = readOperations<string>('data/catalog/operations.json', 'services');
  const pairs = new Set([
    ...Object.entries(sdks).flatMap(([source, names]) => names.split(' ').map((name) => `${source} ${name}`)),
    ...Object.keys(reference).map((operation) => operation.replace(':', ' ')),
  ]);
  const found: Record<string, string> = {};
  let rows = 0;
  for (const pair of pairs) {
    const [source = '', name = ''] = pair.split(' ');
    const { prefixes, second } = eventNames(PREFIX_TABLES, `${source}.amazonaws.com`, name);
    const keys = [...prefixes, ...(second === null ? [] : [second])].map((prefix) => `${prefix}:${name}`);
    // An operation that is not listed needs the action of its own name.
    const aws =
      keys.map((key) => reference[key]).find((actions) => actions !== undefined) ??
      keys.filter((key) => catalog.indexOf(key) !== undefined);
    if (aws.length === 0) continue;
    rows += 1;
    const ours = mapped(source, name);
    if (!ours.agrees(aws)) found[pair] = `${ours.text}, AWS ${aws.join(' ')}`;
  }
  return { rows, differences: found };
}

function mapped(source: string, name: string) {
  const mapping = catalog.mapEvent(`${source}.amazonaws.com`, name);
  if (mapping.kind !== 'actions') return { text: mapping.kind, agrees: () => false };
  const actions = mapping.actions.map((action) => catalog.actions[action] ?? '');
  return {
    text: actions.join(' '),
    agrees: (aws: readonly string[]) =>
      mapping.mode === 'all'
        ? actions.every((action) => aws.includes(action))
        : actions.some((action) => aws.includes(action)),
  };
}

function readOperations<T>(file: string, key: string): Record<string, T> {
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, T>>)[key] ?? {};
}
