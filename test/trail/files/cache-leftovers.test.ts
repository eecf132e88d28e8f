import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { answers, folder, log, record } from './helpers.js';

const HOUR = 3600;

test('a run removes what killed ones left half-written in the cache, and nothing else', async () => {
  const root = await folder({ 'a.json': log(record()) });
  const cache = mkdtempSync(join(tmpdir(), 'cloudtracker-cache-'));
  const put = (name: string, hours: number): string => {
    const path = join(cache, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'half');
    return aged(path, hours);
  };
  const putFolder = (name: string, hours: number): string => {
    const path = join(cache, name);
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
    putFolder(`0123456789abcdef/${unfinished(answer)}`, 25),
    putFolder(`fedcba9876543210/${unfinished(answer)}`, 48),
    put(`0123456789abcdef/${unfinished('a.answers')}`, 25),
    put(`0123456789abcdef/${unfinished('000-x.pack')}`, 1000),
    put(`fedcba9876543210/${unfinished('a.answers')}`, 48),
  ];
  const others = [
    // Another run may be writing it.
    putFolder(`0123456789abcdef/${unfinished(answer)}`, 23),
    putFolder(`0123456789abcdef/${unfinished(answer)}`, -30),
    putFolder(`0123456789abcdef/${answer}`, 1000),
    put(`0123456789abcdef/${unfinished('a.answers')}`, 23),
    put(`0123456789abcdef/${unfinished('a.answers')}`, -30),
    put('0123456789abcdef/a.answers', 1000),
    put('0123456789abcdef/notes.tmp', 1000),
    put(`mine/${unfinished('a.answers')}`, 1000),
    put(unfinished('a.answers'), 1000),
  ];
  await answers(root, {}, (config, request) => openFilesTrail(config, request, cache));
  expect(abandoned.filter(existsSync)).toEqual([]);
  expect(others.filter((path) => !existsSync(path))).toEqual([]);
});
