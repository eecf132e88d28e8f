import { expect, it } from 'vitest';
import { LogFiles } from '../../../src/trail/files/evidence/log-files.js';

it('lists files and unreadable folders by name, of each what is known', () => {
  const files = ['a/1.json', 'a/2.json', 'b.json', 'c.json', 'd.json'];
  const sha256 = 'ab'.repeat(32);
  const source = { sha256, bytes: 2 ** 31 };
  const read = { path: '', source, records: 3, problem: null, newest: 1_782_864_000 };
  const logFiles = new LogFiles({
    files,
    unreadable: ['z', 'a2'],
    otherFormats: [],
    skipped: new Map(),
    fingerprint: '',
  });
  logFiles.read(0, read);
  logFiles.read(2, { ...read, problem: 'line 1 is not JSON', newest: -Infinity });
  logFiles.failed(3);
  logFiles.failed(4, source);
  const unknown = { sha256: null, bytes: null, records: 0, newest: null, status: 'failed' };
  const expected = [
    { name: 'a/1.json', ...source, records: 3, newest: '2026-07-01T00:00:00Z', status: 'read' },
    { ...unknown, name: 'a2' },
    { name: 'b.json', ...source, records: 3, newest: null, status: 'damaged' },
    { ...unknown, name: 'c.json' },
    { ...unknown, ...source, name: 'd.json' },
    { ...unknown, name: 'z' },
  ];
  expect([...logFiles]).toEqual(expected);
});
