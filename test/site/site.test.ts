import { expect, test } from 'vitest';
import { fileName } from '../../src/report/site/render.js';
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
    warnings: [],
    mapping: { events: 0, mappedEvents: 0, noPermissionEvents: 0, unmapped: [] },
    notes: { engine: 'files', warnings: [], counts: {}, incomplete: [] },
  });
  expect([...files.keys()]).toHaveLength(5);
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

test('an administrator’s page names only what services in use leave idle, and says where the rest is', async () => {
  const page = (await write('full')).get('accounts/111122223333/users/AIDAADMIN.html') ?? '';
  expect(page).toContain('svc003:Describe00000');
  expect(page).not.toContain('svc004:Describe00000');
  expect(page).toContain('csv/privileges/111122223333.csv');
  expect(page).toMatch(/Uses <a [^>]*>4<\/a> of <a [^>]*>22,070<\/a> granted actions in 4 of 187 services/);
});
