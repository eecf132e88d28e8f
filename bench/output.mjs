// `node bench/output.mjs`: compares ways to write many small pages, each with its SHA-256. Time and CPU per page.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PAGES = Number(process.env.BENCH_PAGES ?? 3000);
const page = `<p>é${'x'.repeat(Number(process.env.BENCH_PAGE_BYTES ?? 30_000))}`;
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pending = new Set();

const WAYS = {
  'hash only (floor)': () => undefined,
  'stream each': async (path, bytes) => {
    const stream = createWriteStream(path);
    stream.end(bytes);
    await once(stream, 'close');
  },
  'promise each': (path, bytes) => writeFile(path, bytes),
  'promises, 8 at once': async (path, bytes) => {
    const writing = writeFile(path, bytes).finally(() => pending.delete(writing));
    pending.add(writing);
    if (pending.size >= 8) await Promise.race(pending);
  },
  'sync each': (path, bytes) => {
    writeFileSync(path, bytes);
  },
};

// The first round warms up; the second counts.
for (const round of [1, 2]) {
  for (const [name, write] of Object.entries(WAYS)) {
    const folder = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-'));
    const begin = performance.now();
    const before = process.cpuUsage();
    for (let i = 0; i < PAGES; i += 1) {
      const bytes = Buffer.from(page);
      hash(bytes);
      await write(join(folder, String(i)), bytes);
    }
    await Promise.all(pending);
    const { user, system } = process.cpuUsage(before);
    const wall = (1000 * (performance.now() - begin)) / PAGES;
    rmSync(folder, { recursive: true });
    if (round === 2)
      console.log(
        `${name.padEnd(22)} ${wall.toFixed(0).padStart(6)} µs ${((user + system) / PAGES).toFixed(0).padStart(6)} µs CPU`,
      );
  }
}
