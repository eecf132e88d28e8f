import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStaging, OutputError, type Staging } from '../../src/report/output.js';

/** Above every pid_max, so no process has it. */
const DEAD = 4_194_305;
let parent: string;
let target: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'output-'));
  target = join(parent, 'report');
});

async function report(text: string, force = false): Promise<void> {
  const staging = await createStaging(target, { force });
  await staging.writeFile('a/b.csv', text, 1);
  await commit(staging);
}
const commit = (staging: Staging): Promise<string> =>
  staging.commit({ tool: { name: 'cloudtracker' }, outputs: staging.files(), run: {} });
const text = (): Promise<string> => readFile(join(target, 'a/b.csv'), 'utf8');
const begin = (force = true): Promise<Staging> => createStaging(target, { force });

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
    ).rejects.toThrow('Cannot write full.csv: the disk is full. An earlier report is untouched.');
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
