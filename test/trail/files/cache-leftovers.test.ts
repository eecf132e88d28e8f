import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AnswerCache } from '../../../src/trail/saved-answers/cache.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { ACCOUNT, folder, log, period, record } from './helpers.js';

const HOUR = 3600;

test('a run removes answers that killed ones left half-written in the cache, and nothing else', async () => {
  const root = await folder({ 'a.json': log(record()) });
  const cache = mkdtempSync(join(tmpdir(), 'cloudtracker-cache-'));
  const answersOfLogs = new AnswerCache(cache, root);
  const group = join(answersOfLogs.place('key'), '..');
  const put = (name: string, hours: number): string => {
    const path = join(group, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'half');
    return aged(path, hours);
  };
  const putFolder = (name: string, hours: number): string => {
    const path = join(group, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'activity.rows'), 'half');
    return aged(path, hours);
  };
  const aged = (path: string, hours: number): string => {
    const time = Date.now() / 1000 - hours * HOUR;
    utimesSync(path, time, time);
    return path;
  };
  const unfinished = (name: string): string => `${name}.${randomUUID()}.tmp`;
  const answer = '0'.repeat(32);
  const abandoned = [
    putFolder(unfinished(answer), 25),
    put(unfinished('a.answers'), 48),
    put(unfinished('000-x.pack'), 1000),
  ];
  const others = [
    // Another run may be writing it.
    putFolder(unfinished(answer), 23),
    putFolder(unfinished(answer), -30),
    putFolder(answer, 1000),
    put(unfinished('a.answers'), 23),
    put('a.answers', 1000),
    put('notes.tmp', 1000),
    put(`mine/${unfinished('a.answers')}`, 1000),
  ];
  const trail = await openFilesTrail({ path: root }, { period, accountIds: [ACCOUNT], concurrency: 1 });
  await answersOfLogs.add(trail, 'key');
  expect(abandoned.filter(existsSync)).toEqual([]);
  expect(others.filter((path) => !existsSync(path))).toEqual([]);
});
