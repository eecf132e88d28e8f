import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Linux distributions put the Javas that are not on the path. */
const INSTALLED = '/usr/lib/jvm';

/**
 * The first Java development kit that is new enough: of JAVA_HOME, of the path, then of those installed beside it.
 * @param least major version
 * @returns its command, or null where there is none
 */
export async function findJava(least: number): Promise<string | null> {
  const home = process.env['JAVA_HOME'];
  const installed = await readdir(INSTALLED).catch(() => []);
  const commands = [
    ...(home === undefined || home === '' ? [] : [join(home, 'bin', 'java')]),
    'java',
    ...installed.sort().map((name) => join(INSTALLED, name, 'bin', 'java')),
  ];
  for (const command of commands) {
    if ((await majorOf(command)) >= least) return command;
  }
  return null;
}

/** 0 where it does not run, or has no compiler to start the server's class from its source. */
async function majorOf(java: string): Promise<number> {
  try {
    const { stdout } = await run(java, ['--list-modules']);
    return Number(/^jdk\.compiler@(\d+)/m.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
