import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStaging, OutputError } from '../../src/report/output.js';
import { commit, makeReportPlace, type ReportPlace } from './report-place.js';

let parent: string;
let target: string;
let text: ReportPlace['text'];
let begin: ReportPlace['begin'];
let report: ReportPlace['report'];

beforeEach(async () => {
  ({ parent, target, text, begin, report } = await makeReportPlace());
});

describe('a report', () => {
  it('appears whole, with hashes that sha256sum accepts', async () => {
    const staging = await begin();
    const file = await staging.open('csv/x.csv');
    for (let i = 0; i < 5000; i += 1) await file.write(`${i},ü\r\n`.repeat(10));
    await file.close(50_000);
    await staging.writeFile('index.html', '<p>');
    expect(await readdir(parent)).not.toContain('report');
    await commit(staging);
    const written = await readFile(join(target, 'csv/x.csv'));
    expect(staging.files()[0]).toEqual({
      path: 'csv/x.csv',
      bytes: written.length,
      rows: 50_000,
      sha256: createHash('sha256').update(written).digest('hex'),
    });
    const checked = execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], {
      cwd: target,
      encoding: 'utf8',
    });
    expect(checked).toBe('csv/x.csv: OK\nindex.html: OK\nmanifest.json: OK\n');
    expect(await readdir(parent)).toEqual(['report']);
    await writeFile(join(target, 'index.html'), '<b>');
    expect(() => execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: target, stdio: 'pipe' })).toThrow();
  });

  it('leaves nothing behind when it is discarded', async () => {
    const staging = await begin();
    await staging.writeFile('a/b.csv', 'x');
    await staging.discard();
    expect(await readdir(parent)).toEqual([]);
  });

  it('takes the place of an earlier one only with force', async () => {
    await report('old');
    await expect(report('new')).rejects.toThrow('Replace it with --force');
    expect(await text()).toBe('old');
    await report('new', true);
    expect(await text()).toBe('new');
    expect(await readdir(parent)).toEqual(['report']);
  });

  it('goes into an empty folder, and through a link', async () => {
    await mkdir(target);
    await report('x');
    await symlink(target, join(parent, 'latest'));
    const staging = await createStaging(join(parent, 'latest'), { force: true });
    await staging.writeFile('a/b.csv', 'linked');
    await commit(staging);
    expect(await text()).toBe('linked');
    expect((await readdir(parent)).sort()).toEqual(['latest', 'report']);
  });
});

describe('a file that did not change', () => {
  const times = async (): Promise<Record<string, bigint>> => {
    const names = ['same.html', 'changed.html', 'edited.html', 'manifest.json', 'SHA256SUMS'];
    const entries = new Array<[string, bigint]>();
    for (const name of names)
      entries.push([name, (await stat(join(target, name), { bigint: true })).mtimeNs / 1000n]);
    return Object.fromEntries(entries);
  };
  const write = async (changed: string): Promise<Record<string, bigint>> => {
    const staging = await begin();
    await staging.writeFile('same.html', 'same');
    await staging.writeFile('changed.html', changed);
    await staging.writeFile('edited.html', 'text');
    await commit(staging);
    return times();
  };
  const sleep = (): Promise<void> => setTimeout(20);

  it('keeps its time, so that only the others are copied', async () => {
    const before = await write('old');
    for (const changed of ['new', 'newer']) {
      await sleep();
      // Somebody's hand, with the same bytes: the time is not that of the report.
      await writeFile(join(target, 'edited.html'), 'text');
      await sleep();
      const after = await write(changed);
      const kept = Object.keys(before).filter((name) => before[name] === after[name]);
      expect(kept).toEqual(['same.html']);
    }
  });
});

describe('a target that is no report is left alone', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a file', () => writeFile(target, 'x')],
    ['a folder with other things', () => mkdir(join(target, 'src'), { recursive: true })],
    [
      'a web app',
      async () => {
        await mkdir(target);
        await writeFile(join(target, 'manifest.json'), '{"name":"app","tool":"x"}');
      },
    ],
    [
      'a folder with a manifest of two lines',
      async () => {
        await mkdir(target);
        await writeFile(
          join(target, 'manifest.json'),
          '{"tool":{"name":"cloudtracker"},\n"outputs":[],"run":{}}',
        );
        await writeFile(join(target, 'thesis.doc'), 'x');
      },
    ],
    [
      'a broken manifest',
      async () => {
        await mkdir(target);
        await writeFile(join(target, 'manifest.json'), '{');
      },
    ],
  ])('%s', async (_, make) => {
    await make();
    await expect(begin()).rejects.toThrow(OutputError);
    expect(await readdir(parent)).toEqual(['report']);
  });

  it('also when it came during the run', async () => {
    const staging = await begin();
    await staging.writeFile('a/b.csv', 'x');
    await mkdir(join(target, 'mine'), { recursive: true });
    await expect(commit(staging)).rejects.toThrow(OutputError);
    await staging.discard();
    expect(await readdir(target)).toEqual(['mine']);
  });
});

describe('failures', () => {
  it('of the disk are explained, and the earlier report stays', async () => {
    await report('old');
    const staging = await begin();
    await symlink('/dev/full', join(staging.work.report, 'full.csv'));
    const file = await staging.open('full.csv');
    await expect(
      (async () => {
        for (let i = 0; i < 50; i += 1) await file.write('x'.repeat(100_000));
        await file.close();
      })(),
    ).rejects.toThrow('Cannot write full.csv: the disk is full. An existing report is unchanged.');
    await staging.discard();
    expect(await text()).toBe('old');
    expect(await readdir(parent)).toEqual(['report']);
  });

  it('to make the folder are explained', async () => {
    await writeFile(target, 'x');
    await expect(createStaging(join(target, 'below'), { force: true })).rejects.toThrow(OutputError);
  });

  it('when the staging folder is taken away leave the earlier report', async () => {
    await report('old');
    const staging = await begin();
    await staging.writeFile('a/b.csv', 'new');
    await rm(staging.work.report, { recursive: true });
    await expect(commit(staging)).rejects.toThrow('a/b.csv was changed or removed during the run');
    expect(await text()).toBe('old');
  });

  it('to close a file are found', async () => {
    const staging = await begin();
    await staging.open('x.csv');
    await expect(staging.open('x.csv')).rejects.toThrow('already open');
    await expect(commit(staging)).rejects.toThrow('not closed: x.csv');
  });

  it.each(['/etc/x', '../x', 'a/../../x', 'a//b', '', '.', './a', 'a\\b', 'a\nb', 'C:x'])(
    'refuses the path %j',
    async (path) => {
      await expect((await begin()).open(path)).rejects.toThrow('not a path inside the report');
    },
  );
});
