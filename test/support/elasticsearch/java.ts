import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Folder of Java installations on Linux distributions. */
const INSTALLED = '/usr/lib/jvm';

/**
 * Finds the first JDK that is new enough: JAVA_HOME, the path, then other installations.
 * @param least major version
 * @returns its command, or null
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

/** 0 if it does not run, or has no compiler for the class that starts the server. */
async function majorOf(java: string): Promise<number> {
  try {
    const { stdout } = await run(java, ['--list-modules']);
    return Number(/^jdk\.compiler@(\d+)/m.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
