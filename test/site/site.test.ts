import { fileName } from '../../src/report/paths.js';
import { expect, test } from 'vitest';
import { REVIEW_PAGES } from '../../src/report/site/pages.js';
import { createSiteWriter } from '../../src/report/site/writer.js';
import { head, memoryFolder, totals, writeSample } from './sample-model.js';
import { principals } from './sample-principals.js';

const write = async (detail: 'full' | 'services', all = totals): Promise<Map<string, string>> => {
  const { files, out } = memoryFolder();
  await writeSample(createSiteWriter({ detail }), out, all);
  return files;
};

test('makes file names of ids that cannot leave the folder', () => {
  expect(fileName('../a/b')).toBe('___a_b');
});

test('writes a page per principal, and the same bytes for the same review', async () => {
  const files = await write('full');
  expect([...files.keys()].filter((path) => /\/(users|roles)\//.test(path))).toHaveLength(principals.length);
  expect(await write('full')).toEqual(files);
});

test('no page is over 1 MB and no name becomes a tag', async () => {
  for (const detail of ['full', 'services'] as const)
    for (const [path, text] of await write(detail)) {
      expect(Buffer.byteLength(text), path).toBeLessThan(1_000_000);
      if (!path.endsWith('.html')) continue;
      expect(text, path).not.toMatch(/<img|<script>| style=| onerror="/);
      expect(text.match(/<script/g), path).toHaveLength(1);
    }
});

test('writes the style and the script, then the pages of an empty review', async () => {
  const { files, out } = memoryFolder();
  const writer = createSiteWriter({ detail: 'full' });
  await writer.begin({ ...head, id: '<b>', accounts: [] }, out);
  await writer.end({
    accounts: [],
    summaries: [],
    exemptions: [],
    warnings: [],
    mapping: { events: 0, mappedEvents: 0, noPermissionEvents: 0, unmapped: [] },
    notes: {
      engine: { kind: 'files', label: 'CloudTrail log files' },
      retryable: false,
      warnings: [],
      counts: {},
      incomplete: [],
    },
  });
  expect([...files.keys()].map((path) => path.replace(/[.-][0-9a-f]{8,12}\b/, ''))).toEqual([
    'assets/site.css',
    'assets/site.js',
    ...REVIEW_PAGES.flatMap(({ path, body }) => (body === null ? [] : [path])),
    'search/directory.js',
  ]);
  expect(files.get('index.html')).toContain('&lt;b&gt;');
  expect(files.get('index.html')).not.toContain('NaN');
});

test('every link leads somewhere', async () => {
  const files = await write('full');
  const methodology = files.get('methodology.html') ?? '';
  for (const [name, text] of files)
    for (const [, href = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
      if (href === 'data:,' || href.startsWith('#')) continue;
      const url = new URL(href, `file:///${name}`);
      const target = decodeURIComponent(url.pathname.slice(1));
      expect(files.has(target) || /^(csv|json|policies)\//.test(target), `${name}: ${href}`).toBe(true);
      if (target === 'methodology.html' && url.hash !== '')
        expect(methodology, href).toContain(`id="${url.hash.slice(1)}"`);
    }
});

test('an account with many principals gets several pages, and no principal is left out', async () => {
  const one = totals.summaries[0];
  if (one === undefined) throw new Error('no sample');
  const summaries = Array.from({ length: 2500 }, (_, i) => ({ ...one, id: `AIDA${i}`, name: `user-${i}` }));
  const files = await write('full', { ...totals, summaries });
  const pages = [...files].filter(([name]) => /111122223333\/(index|page-\d+)\.html$/.test(name));
  expect(pages.length).toBeGreaterThan(2);
  const links = pages.flatMap(([, text]) => text.match(/users\/AIDA\d+\.html/g) ?? []);
  expect(new Set(links).size).toBe(2500);
  for (const [name, text] of pages) expect(Buffer.byteLength(text), name).toBeLessThan(1_000_000);
});

test('an administrator’s page shares long lists of names with other administrators', async () => {
  const files = await write('full');
  const page = files.get('accounts/111122223333/users/AIDAADMIN.html') ?? '';
  expect(page).toMatch(/Uses <a [^>]*>4<\/a> of <a [^>]*>22,070<\/a> granted actions in 4 of 187 services/);
  expect(page).not.toContain('svc004:Describe00000');
  const [link = ''] = /services\/svc004-[0-9a-f]{12}\.html/.exec(page) ?? [];
  expect(files.get(link)).toContain('svc004:Describe00000');
  expect(page).toContain('csv/privileges/111122223333.csv');
  expect(Buffer.byteLength(page)).toBeLessThan(100_000);
  const short = [...(await write('services')).keys()];
  expect(short.filter((path) => path.startsWith('services/'))).toEqual([]);
});

test('search knows every principal by each word of its name and by its id', async () => {
  const files = await write('full');
  const shards = [...files].filter(([path]) => /^search\/\d+-[0-9a-f]{8}\.js$/.test(path));
  const directory = files.get('search/directory.js') ?? '';
  for (const [path, text] of shards) {
    expect(directory).toContain(`"${path.slice('search/'.length, -'.js'.length)}"`);
    expect(Buffer.byteLength(text)).toBeLessThan(200_000);
  }
  const keys = shards.map(([, text]) => text).join('');
  for (const { id } of principals) expect(keys).toContain(`["${id.toLowerCase()}",`);
});

test('search cuts a large index into files, each for the keys from its first to the next one’s', async () => {
  const one = totals.summaries[0];
  if (one === undefined) throw new Error('no sample');
  const summaries = Array.from({ length: 3000 }, (_, i) => ({
    ...one,
    id: `AIDA${i}`,
    name: `team-${i % 7}-Deploy`,
  }));
  const files = await write('full', { ...totals, summaries });
  const { shards, principals: count } = JSON.parse(
    (files.get('search/directory.js') ?? '').replace(/^[^(]*\(|\);\n$/g, ''),
  ) as { shards: [string, string][]; principals: number };
  expect(count).toBe(3000);
  expect(shards.length).toBeGreaterThan(10);
  expect(shards.map(([key]) => key)).toEqual(shards.map(([key]) => key).sort());
});

/** What a reader sees of a page, in one line. */
const textOf = (html: string): string =>
  html
    .replace(/<(?:p|li|td|th|h2|h3|summary|caption)[^>]*>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x27;/g, "'")
    .replace(/&#x3D;/g, '=')
    .replace(/\s+/g, ' ');

test('a role’s page says who is behind it, in plain sentences', async () => {
  const page = textOf((await write('full')).get('accounts/444455556666/roles/AROADEPLOY.html') ?? '');
  for (const words of [
    'The permissions boundary blocks 3,012 actions that identity-based policies allow.',
    'Service control policies block 120 actions',
    'Deny statements block 1 action that',
    '2 unused: can be removed without affecting recorded use.',
    '− unused PassExistingRoleToNewLambdaThenInvoke | − lambda:CreateFunction ? lambda:InvokeFunction ? iam:PassRole',
    '✓ used CreateNewPolicyVersion',
    '− unused | 40 actions',
    'Allows a whole account. The administrators of account',
    'is not part of this review. Ask who owns it.',
    'Bool aws:MultiFactorAuthPresent = true and StringEquals sts:ExternalId = partner-17',
    'arn:aws:iam::111122223333:role/hop → this role | IAM Identity Center | 14',
    'ec2.amazonaws.com → this role | AWS service | 3',
    'ann@example.com | ann | 2026-08-21 09:30 | ec2:DescribeInstances (1,100), s3:ListBucket (90) | 1,204',
    '− 14 unused | ec2:Describe00000',
    '? 5 unknown: No call of its own.',
    'Calls per week active in 2 of 14',
    '2026-07-06 | 40 | 2 | 1',
  ])
    expect(page).toContain(words);
});

test('a user’s page lists changes with their numbers, and observed policies with a warning', async () => {
  const html = (await write('full')).get('accounts/111122223333/users/AIDAALICE.html') ?? '';
  const page = textOf(html);
  for (const words of [
    'none of what that group grants was used. (removes 1,204 granted actions)',
    'nobody came in by it. (removes no granted action)',
    'observed: allows only what was used, on the resources it was used on',
    'Limited to resources in the logs. Add new resources, and resources whose data events no trail records.',
    's3:DeleteBucket | + ungranted | No policy allows it.',
    '? 1 unknown: No data events. | s3:ReplicateObject',
    'Comparison: today’s policies and the cautious alternative | Allow on arn:aws:s3:::reports/* − s3:* + s3:GetObject + s3:ListBucket',
  ])
    expect(page).toContain(words);
  expect(html).toContain('href="../../../policies/111122223333/AIDAALICE.observed-1.json"');
  for (const id of ['trust', 'origins', 'people']) expect(html).not.toContain(`id="${id}"`);
});

test('an account’s page shows what others did, the index who could escalate unused', async () => {
  const files = await write('full');
  expect(textOf(files.get('accounts/111122223333/index.html') ?? '')).toMatch(
    /arn:aws:iam::111122223333:root \| root user \| 2026-08-03 09:30 \| iam:ListUsers \(2\), iam:CreateUser \(1\)/,
  );
  const index = files.get('index.html') ?? '';
  expect(textOf(index)).toContain('| 306unused privilege-escalation pathsin 7 principals');
  expect(textOf(index)).toContain('| Privilege escalation | 7 | 7 |');
  expect(textOf(index)).toContain('| never assumed | 3 |');
  expect(index).toContain('users/AIDARTL.html#risks');
});

test('every link within a page leads to a part of it', async () => {
  for (const [name, text] of await write('full'))
    for (const [, id = ''] of text.matchAll(/href="#([^"]*)"/g)) expect(text, name).toContain(`id="${id}"`);
});
