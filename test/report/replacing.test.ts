import { cp, mkdir, readFile, readdir, rename, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStaging } from '../../src/report/output.js';
import { commit, makeReportPlace, type ReportPlace } from './report-place.js';

/** Above every pid_max, so no process has it. */
const DEAD = 4_194_305;
let parent: string;
let target: string;
let text: ReportPlace['text'];
let begin: ReportPlace['begin'];
let report: ReportPlace['report'];

beforeEach(async () => {
  ({ parent, target, text, begin, report } = await makeReportPlace());
});

describe('after a run that was killed', () => {
  /** A work folder as a killed run leaves it. */
  async function leave(
    owner: Record<string, unknown> = {},
    name = '.report.cloudtracker-AbCd12',
  ): Promise<string> {
    const folder = join(parent, name);
    await mkdir(join(folder, 'report', 'csv'), { recursive: true });
    const whole = {
      tool: 'cloudtracker',
      target: 'report',
      host: hostname(),
      pid: DEAD,
      startedAt: 'x',
      ...owner,
    };
    await writeFile(join(folder, 'owner.json'), JSON.stringify(whole));
    return folder;
  }

  it('its folder is removed; one of another report is not', async () => {
    await leave();
    await leave({ target: 'other' }, '.other.cloudtracker-AbCd12');
    await report('x');
    expect((await readdir(parent)).sort()).toEqual(['.other.cloudtracker-AbCd12', 'report']);
  });

  it('an earlier report that it had moved aside comes back', async () => {
    await report('old');
    const folder = await leave();
    await rename(target, join(folder, 'previous'));
    await expect(begin(false)).rejects.toThrow('already contains a report');
    expect(await text()).toBe('old');
    expect(await readdir(parent)).toEqual(['report']);
  });

  it('a replaced report that somebody changed meanwhile is not deleted', async () => {
    await report('old');
    const folder = await leave();
    await cp(target, join(folder, 'previous'), { recursive: true });
    await writeFile(join(folder, 'previous', 'a/b.csv'), 'my decisions');
    const staging = await begin();
    expect(staging.notices()).toEqual([expect.stringContaining(join(folder, 'previous'))]);
    await staging.discard();
    expect(await readFile(join(folder, 'previous', 'a/b.csv'), 'utf8')).toBe('my decisions');
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'a folder of that name without owner file',
      () => mkdir(join(parent, '.report.cloudtracker-AbCd12/mine'), { recursive: true }),
    ],
    [
      'a link of that name',
      async () => {
        const folder = await leave({}, 'elsewhere');
        await symlink(folder, join(parent, '.report.cloudtracker-AbCd12'));
      },
    ],
    ['a folder whose owner file is of another tool', () => leave({ tool: 'x' })],
    [
      'names of earlier versions',
      async () => {
        await mkdir(join(parent, 'victim'));
        await writeFile(join(parent, 'victim', 'v'), 'v');
        await symlink('victim', join(parent, '.report.work'));
        await mkdir(join(parent, `.report.partial-${DEAD}`));
      },
    ],
  ])('%s is left alone', async (_, make) => {
    await make();
    const list = async (): Promise<string[]> =>
      (await readdir(parent, { recursive: true })).filter((name) => !name.startsWith('report')).sort();
    const before = await list();
    await report('x');
    await report('y', true);
    expect(await list()).toEqual(before);
  });

  it('a note that somebody put into its folder stays', async () => {
    const folder = await leave();
    await writeFile(join(folder, 'note.txt'), 'mine');
    await report('x');
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['note.txt']));
  });

  it('on a machine that was switched off, though another process has its number', async () => {
    const folder = await leave({ pid: process.ppid });
    await expect(begin()).rejects.toThrow(`process ${process.ppid}`);
    const old = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(folder, 'owner.json'), old, old);
    await report('x');
    expect(await readdir(parent)).toEqual(['report']);
  });
});

describe('two runs at once', () => {
  it('into one output: the second ends with a message, also by another path', async () => {
    const first = await begin();
    await symlink(parent, `${parent}-link`);
    for (const path of [target, join(`${parent}-link`, 'report')])
      await expect(createStaging(path, { force: true })).rejects.toThrow(
        /Another run is writing .*report \(process/,
      );
    await first.writeFile('a/b.csv', 'first');
    await commit(first);
    expect(await text()).toBe('first');
    expect(await readdir(parent)).toEqual(['report']);
    await unlink(`${parent}-link`);
  });

  it('that begin in the same moment: at most one goes on', async () => {
    const runs = await Promise.allSettled(Array.from({ length: 5 }, () => begin()));
    const going = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
    expect(going.length).toBeLessThanOrEqual(1);
    for (const staging of going) await staging.discard();
    expect(await readdir(parent)).toEqual([]);
  });
});

describe('what people put into a report', () => {
  const decide = (): Promise<void> => writeFile(join(target, 'a/b.csv'), 'x,keep');
  const note = (): Promise<void> => writeFile(join(target, 'notes.txt'), 'mine');
  const link = async (): Promise<void> => {
    await mkdir(join(parent, 'victim'));
    await writeFile(join(parent, 'victim', 'v'), 'v');
    await symlink(join(parent, 'victim'), join(target, 'a', 'linked'));
  };

  it.each<[string, () => Promise<unknown>, string]>([
    ['a decision', decide, 'changed  a/b.csv'],
    ['a note', note, 'added    notes.txt'],
    ['a link', link, 'added    a/linked'],
    [
      'an edited manifest',
      () =>
        writeFile(join(target, 'manifest.json'), '{"tool":{"name":"cloudtracker"},"outputs":[],"run":{}}'),
      'added    a/b.csv',
    ],
    ['edited checksums', () => writeFile(join(target, 'SHA256SUMS'), 'x'), 'changed  SHA256SUMS'],
    [
      'a file replaced by a folder',
      async () => {
        await unlink(join(target, 'a/b.csv'));
        await mkdir(join(target, 'a/b.csv'));
        await writeFile(join(target, 'a/b.csv/mine'), 'x');
      },
      'added    a/b.csv/mine',
    ],
  ])('%s stops --force, and is listed', async (_, change, line) => {
    await report('old');
    await change();
    const before = await readdir(parent, { recursive: true });
    await expect(begin()).rejects.toThrow(line);
    await expect(begin()).rejects.toThrow('--discard-changes');
    expect(await readdir(parent, { recursive: true })).toEqual(before);
    const staging = await createStaging(target, { force: false, discardChanges: true });
    await staging.writeFile('a/b.csv', 'new');
    await commit(staging);
    expect(await text()).toBe('new');
    expect((await readdir(target)).sort()).toEqual(['SHA256SUMS', 'a', 'manifest.json']);
    if (before.includes('victim')) expect(await readdir(join(parent, 'victim'))).toEqual(['v']);
  });

  it.each([decide, note])('during the run stops it too (%#)', async (change) => {
    await report('old');
    const staging = await begin();
    await staging.writeFile('a/b.csv', 'new');
    await change();
    await expect(commit(staging)).rejects.toThrow('that changed after the report was written');
    await staging.discard();
    expect(await readdir(parent)).toEqual(['report']);
  });

  it('an empty folder is no reason to stop', async () => {
    await report('old');
    await mkdir(join(target, 'a/empty'));
    await report('new', true);
    expect(await readdir(parent)).toEqual(['report']);
  });
});
