import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJava } from './java.js';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const START_SECONDS = 180;
/** No C2 compiler: it does not pay off within minutes. On two processors it used one of them during all tests. */
const SOON_FAST = ['-XX:TieredStopAtLevel=1'];

/** Versions that tests can start, by major version, and their Java version. */
export const VERSIONS = {
  8: { version: '8.19.0', java: 17 },
  9: { version: '9.1.0', java: 21 },
} as const;
type Major = keyof typeof VERSIONS;

/** Purpose of a server: short tests, or measurements. */
type Purpose = 'test' | 'bench';

export interface TestElasticsearch {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server for one test, with its data on disk. */
export interface RestartableElasticsearch extends TestElasticsearch {
  /** Kills the process without cleanup. */
  kill(): Promise<void>;
  /** Starts it again with the same data and port. @throws if it does not start */
  start(): Promise<void>;
}

/**
 * Finds or starts an Elasticsearch: the server at ELASTICSEARCH_URL, or one from Maven artifacts in version
 * ELASTICSEARCH_VERSION (default 8.19.0). Null, with a message, if neither is possible; an error with CI set.
 */
export async function startElasticsearch(purpose: Purpose = 'test'): Promise<TestElasticsearch | null> {
  const given = process.env['ELASTICSEARCH_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: () => Promise.resolve() };
  const wanted = process.env['ELASTICSEARCH_VERSION'];
  const version = wanted === undefined || wanted === '' ? VERSIONS[8].version : wanted;
  try {
    const needed = version.startsWith('9.') ? VERSIONS[9].java : VERSIONS[8].java;
    const java = await findJava(needed);
    if (java === null) throw new Error(`no Java ${needed} or newer was found`);
    await run('mvn', ['-v']);
    return await startFromMaven(version, java, purpose);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const isCi = process.env['CI'] !== undefined && process.env['CI'] !== '' && process.env['CI'] !== 'false';
    if (isCi)
      throw new Error(`No Elasticsearch for the tests, and CI needs one: ${reason}`, { cause: error });
    console.warn(
      `\n*** SKIPPED: Elasticsearch tests. Set ELASTICSEARCH_URL or install java and mvn. (${reason})\n`,
    );
    return null;
  }
}

/**
 * A second server of another major version; the caller stops it.
 * @returns null if no Java is new enough
 */
export async function startMajor(major: Major): Promise<TestElasticsearch | null> {
  const { version, java: needed } = VERSIONS[major];
  const java = await findJava(needed);
  return java === null ? null : startFromMaven(version, java);
}

/**
 * A separate server of the default version; the caller stops it.
 * @returns null if no Java is new enough
 */
export async function startRestartable(): Promise<RestartableElasticsearch | null> {
  const { version, java: needed } = VERSIONS[8];
  const java = await findJava(needed);
  return java === null ? null : startFromMaven(version, java);
}

async function startFromMaven(
  version: string,
  java: string,
  purpose: Purpose = 'test',
): Promise<RestartableElasticsearch> {
  const home = await prepareHome(version);
  const data = await mkdtemp(join(tmpdir(), 'cloudtracker-es-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const args = [
    ...(purpose === 'test' ? SOON_FAST : []),
    '-Xms512m',
    '-Xmx1g',
    '--module-path',
    join(home, 'lib'),
    '--add-modules=jdk.net,ALL-MODULE-PATH',
    join(HERE, 'Main.java'),
    home,
    data,
    String(port),
  ];
  let child: ChildProcess | undefined;
  const server: RestartableElasticsearch = {
    url,
    start: async () => {
      const output: string[] = [];
      child = launch(java, args, output);
      const deadline = Date.now() + START_SECONDS * 1000;
      while (Date.now() < deadline && child.exitCode === null) {
        if (await isReady(url)) return;
        await sleep(300);
      }
      await server.stop();
      throw new Error(`Elasticsearch ${version} did not start: ${output.join('').slice(-1500)}`);
    },
    kill: async () => {
      child?.kill('SIGKILL');
      if (child !== undefined) await endProcess(child);
    },
    stop: async () => {
      if (child !== undefined) await endProcess(child);
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

/** @param output receives its last lines */
function launch(java: string, args: readonly string[], output: string[]): ChildProcess {
  const child = spawn(java, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const keep = (chunk: Buffer): void => {
    output.push(chunk.toString('utf8'));
    if (output.length > 200) output.shift();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return child;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`);
    return answer.ok;
  } catch {
    return false;
  }
}

/** Folder of the server in the user's cache, created once per version and renamed into place. */
async function prepareHome(version: string): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const home = join(cache, 'cloudtracker-test', `elasticsearch-${version}`);
  if (await exists(join(home, 'complete'))) return home;
  await mkdir(join(cache, 'cloudtracker-test'), { recursive: true });
  const draft = await mkdtemp(join(cache, 'cloudtracker-test', 'draft-'));
  try {
    await fillHome(draft, version);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another run may have finished the same folder meanwhile.
    if (!(await exists(join(home, 'complete')))) throw error;
  }
  return home;
}

async function fillHome(home: string, version: string): Promise<void> {
  const lib = join(home, 'lib');
  const netty = join(home, 'modules', 'transport-netty4');
  await mkdir(lib, { recursive: true });
  await mkdir(netty, { recursive: true });
  await mkdir(join(home, 'config'));
  await mkdir(join(home, 'plugins'));
  await copyFile(join(HERE, 'pom.xml'), join(home, 'pom.xml'));
  await run(
    'mvn',
    [
      ...['-q', '-B', '-f', join(home, 'pom.xml'), 'dependency:copy-dependencies'],
      ...[`-Delasticsearch.version=${version}`, `-DoutputDirectory=${lib}`],
    ],
    {
      maxBuffer: 1 << 24,
      timeout: 600_000,
    },
  );
  for (const file of await readdir(lib)) {
    if (file.startsWith('netty-') || file.startsWith('transport-netty4-')) {
      await rename(join(lib, file), join(netty, file));
    }
  }
  const descriptor = {
    name: 'transport-netty4',
    description: 'HTTP transport',
    version,
    'elasticsearch.version': version,
    'java.version': '17',
    classname: 'org.elasticsearch.transport.netty4.Netty4Plugin',
    'extended.plugins': '',
    'has.native.controller': 'false',
  };
  const lines = Object.entries(descriptor).map(([key, value]) => `${key}=${value}`);
  await writeFile(join(netty, 'plugin-descriptor.properties'), `${lines.join('\n')}\n`);
  await writeFile(join(home, 'config', 'elasticsearch.yml'), '');
  await writeFile(
    join(home, 'config', 'log4j2.properties'),
    [
      'appender.console.type = Console',
      'appender.console.name = console',
      'appender.console.layout.type = PatternLayout',
      'appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n',
      'rootLogger.level = warn',
      'rootLogger.appenderRef.console.ref = console',
      '',
    ].join('\n'),
  );
  await writeFile(join(home, 'complete'), `${version}\n`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
