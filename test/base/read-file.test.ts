import { closeSync, openSync, truncateSync } from 'node:fs';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openRegularFile,
  readBytes,
  readRegularFile,
  RefusedFileError,
  streamRegularFile,
} from '../../src/base/read-file.js';
import { makeSpecialFiles } from '../support/special-files.js';

const folder = await mkdtemp(join(tmpdir(), 'read-file-'));
const special = await makeSpecialFiles();

describe('what is not a regular file is refused, and nothing waits', () => {
  it.each(special)('$kind $path', async ({ kind, path }) => {
    await expect(readRegularFile(path)).rejects.toThrow(RefusedFileError);
    await expect(readRegularFile(path)).rejects.toThrow(`it is ${kind}, not a regular file`);
    expect(() => openRegularFile(path)).toThrow(`it is ${kind}`);
    expect(() => streamRegularFile(path)).toThrow(`it is ${kind}`);
  });

  it('says what to do about process substitution', async () => {
    const [fifo] = special;
    await expect(readRegularFile(fifo?.path ?? '')).rejects.toThrow('write the output to a file first');
  });
});

it('reads regular files of any size, and through links', async () => {
  const file = join(folder, 'file');
  for (const content of ['', 'a', 'ab'.repeat(1 << 20)]) {
    await writeFile(file, content);
    expect(String(await readRegularFile(file))).toBe(content);
  }
  await symlink(file, join(folder, 'link'));
  expect(await readRegularFile(join(folder, 'link'))).toHaveLength(2 << 20);
  await expect(readRegularFile(join(folder, 'none'))).rejects.toThrow('ENOENT');
});

it('refuses what is larger than text can be, or than it is told', async () => {
  const file = join(folder, 'large');
  closeSync(openSync(file, 'w'));
  truncateSync(file, 2 ** 40);
  await expect(readRegularFile(file)).rejects.toThrow('it is larger than 512 MB');
  await writeFile(file, 'abcd');
  await expect(readRegularFile(file, 3)).rejects.toThrow('it is larger than 1 MB');
  expect(await readRegularFile(file, 4)).toHaveLength(4);
});

it('does not trust the size that a file had when it was opened', async () => {
  const file = join(folder, 'grows');
  const content = 'x'.repeat(3 << 20);
  await writeFile(file, content);
  const read = (size: number, maxBytes: number): Buffer => {
    const { descriptor } = openRegularFile(file);
    try {
      return readBytes(descriptor, size, maxBytes);
    } finally {
      closeSync(descriptor);
    }
  };
  for (const size of [0, 5, content.length, 2 * content.length])
    expect(read(size, 2 * content.length).equals(Buffer.from(content))).toBe(true);
  expect(() => read(0, content.length - 1)).toThrow('it is larger than 3 MB');
});
