import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { runIngest, type IngestOptions } from '../../src/commands/ingest.js';
import { compileCli, type CompiledCli } from '../support/compiled-cli.js';
import { indexRecords } from '../support/elasticsearch/index-records.js';
import { record } from '../trail/contract/records.js';
import { folderOf, removeIndex } from './support.js';

const url = inject('elasticsearchUrl');
const ACCOUNTS = `accounts:\n  - { name: a, id: '111111111111', iam: details.json }\n`;
const log = (...records: unknown[]): string => JSON.stringify({ Records: records });
const events = (count: number): unknown[] => Array.from({ length: count }, () => record({}));

function configOf(...lines: string[]): string {
  return join(
    folderOf({ 'config.yaml': `elasticsearch:\n${lines.map((line) => `  ${line}\n`).join('')}${ACCOUNTS}` }),
    'config.yaml',
  );
}

const options = (config: string, folders: string[]): IngestOptions => ({
  config,
  folders,
  concurrency: 2,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

describe('refuses before anything is sent', () => {
  const logs = folderOf({ 'a.json': log(...events(1)) });
  it.each<[string[], string]>([
    [['host: localhost', 'index: "cloudtrail-*"'], '"cloudtrail-*" in the elasticsearch section'],
    [['host: localhost', 'index: "a,b"'], 'is not the name of a single index'],
    [['host: localhost', 'key_prefix: json'], 'Remove key_prefix from the elasticsearch section'],
    [
      ['host: localhost', 'timestamp_field: "@timestamp"'],
      'Remove timestamp_field from the elasticsearch section',
    ],
    [['host: localhost', 'mapping: ecs'], 'Remove mapping: ecs from the elasticsearch section'],
  ])('%j', async (lines, message) => {
    await expect(runIngest(options(configOf(...lines), [logs]))).rejects.toThrow(message);
  });

  it('a configuration with files, and folders that are not there', async () => {
    const files = join(folderOf({ 'config.yaml': `files: { path: x }\n${ACCOUNTS}` }), 'config.yaml');
    await expect(runIngest(options(files, [logs]))).rejects.toThrow(
      'has no elasticsearch section, which ingest requires',
    );
    await expect(runIngest(options(configOf('host: localhost'), ['/nowhere']))).rejects.toThrow(
      'The log folder /nowhere does not exist (an argument of ingest)',
    );
  });
});

describe.skipIf(url === '')('with a server', () => {
  const made: string[] = [];
  const faulty: Server[] = [];
  const fresh = async (name: string): Promise<string> => {
    made.push(name);
    await removeIndex(url, name);
    return name;
  };
  afterEach(async () => {
    for (const server of faulty.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  afterAll(async () => {
    for (const name of made) await removeIndex(url, name);
  });

  /** Before the real server: answers some requests itself (a status), or breaks the connection before (0) or after (-1) it took them. */
  async function faults(fault: (path: string) => number | null): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      const path = incoming.url ?? '';
      const status = fault(path.split('?')[0] ?? '');
      if (status === 0) {
        incoming.socket.destroy();
      } else if (status !== null && status > 0) {
        incoming.resume();
        outgoing.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
        outgoing.end('{"error":{"type":"es_rejected_execution_exception"}}');
      } else {
        const { method, headers } = incoming;
        const onward = request(`${url}${path}`, { method, headers }, (answer) => {
          if (status === -1) {
            incoming.socket.destroy();
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        incoming.pipe(onward);
      }
    });
    faulty.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('leaves an index alone that was made elsewhere', async () => {
    const index = await fresh('ingest-foreign');
    await indexRecords(url, index, [record({})], 'keyword');
    const logs = folderOf({ 'a.json': log(...events(1)) });
    await expect(runIngest(options(configOf(`node: ${url}`, `index: ${index}`), [logs]))).rejects.toThrow(
      `The index ${index} was not created by cloudtracker ingest`,
    );
  });

  it('writes to the index named on the command line where the configured one is a pattern', async () => {
    const index = await fresh('ingest-named-2026');
    const logs = folderOf({ 'a.json': log(...events(3)) });
    const config = configOf(`node: ${url}`, 'index: "ingest-named-*"');
    expect(await runIngest({ ...options(config, [logs]), index })).toMatchObject({ index, documents: 3 });
  });

  it('reads a file once that is in several of the folders', async () => {
    const index = await fresh('ingest-folders');
    const logs = folderOf({
      'a.json': log(...events(1)),
      'in/b.json': log(...events(1)),
      'in/c.json': log(),
    });
    const other = folderOf({ 'a.json': log(...events(1)) });
    const folders = [logs, join(logs, 'in'), other, other];
    expect(await runIngest(options(configOf(`node: ${url}`, `index: ${index}`), folders))).toMatchObject({
      files: 4,
      documents: 3,
    });
  });

  it('survives 429, 503 and lost connections, and counts nothing twice', async () => {
    const index = await fresh('ingest-faults');
    const logs = folderOf(
      Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.json`, log(...events(500))])),
    );
    const answers = [429, 503, 0, -1, 502];
    const node = await faults((path) => (path.endsWith('/_bulk') ? (answers.shift() ?? null) : null));
    const result = await runIngest(options(configOf(`node: ${node}`, `index: ${index}`), [logs]));
    expect(answers).toEqual([]);
    expect(result).toMatchObject({ documents: 3_000, sent: { present: 3_000, refused: { count: 0 } } });
  });

  it('ends with one line where the server stays away', async () => {
    const node = await faults(() => 0);
    const logs = folderOf({ 'a.json': log(...events(1)) });
    await expect(runIngest(options(configOf(`node: ${node}`, 'index: ingest-away'), [logs]))).rejects.toThrow(
      /^Cannot access index ingest-away of Elasticsearch at 127\.0\.0\.1:\d+: connection failed/,
    );
  });

  it('says which privileges are missing', async () => {
    const node = await faults((path) => (path.startsWith('/_index_template') ? 403 : null));
    const index = await fresh('ingest-forbidden');
    const logs = folderOf({ 'a.json': log(...events(1)) });
    await expect(runIngest(options(configOf(`node: ${node}`, `index: ${index}`), [logs]))).rejects.toThrow(
      'does not allow these credentials to write to index ingest-forbidden. Grant the privileges create_index, create_doc',
    );
  });

  it('ends early when told to, and goes on the next time', async () => {
    const index = await fresh('ingest-interrupted');
    const logs = folderOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.json`, log(...events(500))])),
    );
    const config = configOf(`node: ${url}`, `index: ${index}`);
    const abort = new AbortController();
    const first = await runIngest({
      ...options(config, [logs]),
      signal: abort.signal,
      onProgress: (message) => {
        if (message.startsWith('read 5 ')) abort.abort();
      },
    });
    expect(first.interrupted).toBe(true);
    expect(first.documents).toBe(first.read.events);
    expect(first.documents).toBeLessThan(10_000);
    const second = await runIngest(options(config, [logs]));
    expect(second).toMatchObject({
      documents: 10_000,
      interrupted: false,
      sent: { present: first.documents },
    });
  });

  describe('as a command', () => {
    let cli: CompiledCli;
    beforeAll(async () => {
      cli = await compileCli();
    });
    afterAll(() => cli.remove());

    it('names damaged files and refused events, and exits with 2', async () => {
      const index = await fresh('ingest-command');
      const whole = events(2);
      const logs = folderOf({
        'whole.json.gz': gzipSync(log(...whole, { eventCategory: 'Aggregated' })),
        'cut.json.gz': gzipSync(log(...events(50))).subarray(0, 100),
        'lines.jsonl': `${JSON.stringify(whole[0])}\nnot json\n`,
        'bad\u001b[31m.json': 'nothing',
        'other.json': '[{"a":1}]',
      });
      const config = configOf(`node: ${url}`, `index: ${index}`);
      const { code, stdout, stderr } = await cli.run(['ingest', '--config', config, logs]);
      expect(code, stderr).toBe(2);
      expect(stdout).toMatch(/not read: .*cut\.json\.gz: the gzip data is truncated/);
      expect(stdout).toMatch(/not read: .*bad\\u001b\[31m\.json: not JSON/);
      expect(stdout).toMatch(
        /not read: .*other\.json: the file contains no CloudTrail record \(record 1: an object with the key a\)/,
      );
      expect(stdout).toMatch(/read in part: .*lines\.jsonl: 1 line is not JSON/);
      expect(stdout).toContain('Files:  5 of 5 read, 3 not readable, 1 damaged\n');
      expect(stdout).toContain('Events: 3 read, 2 new, 1 already in the index, 0 rejected\n');
      expect(stdout).toContain('1 entry skipped: not CloudTrail records\n');
      expect(stdout).toContain(`Index:  ${index} now has 2 documents\n`);
      expect(stderr).not.toContain('\u001b');
      const again = await cli.run(['ingest', '--config', config, logs]);
      expect(again.stdout).toContain('Events: 3 read, 0 new, 3 already in the index, 0 rejected\n');
    });

    it.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)('ends cleanly on %s, with %i', async (signal, exitCode) => {
      const index = await fresh(`ingest-${signal.toLowerCase()}`);
      const file = gzipSync(log(...events(1_000)));
      const logs = folderOf(Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`${i}.json.gz`, file])));
      const node = await faults((path) => {
        if (path.endsWith('/_bulk')) kill();
        return null;
      });
      let kill = (): void => undefined;
      const { code, stdout, stderr } = await cli.run(
        ['ingest', '--config', configOf(`node: ${node}`, `index: ${index}`), logs],
        {
          onStart: (child) => {
            kill = () => void child.kill(signal);
          },
        },
      );
      expect(code, stderr).toBe(exitCode);
      expect(stdout).toContain(`Index:  ${index} now has `);
      expect(stderr).toMatch(/\nInterrupted\. Run the same command again to resume\.\n$/);
      expect(stderr).not.toMatch(/^\s+at /m);
    });

    it('has help with examples, and says what is missing', async () => {
      const help = await cli.run(['ingest', '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain('$ cloudtracker ingest --config config.yaml logs');
      expect(await cli.run(['ingest'])).toMatchObject({ code: 2, stdout: '' });
    });
  });
});
