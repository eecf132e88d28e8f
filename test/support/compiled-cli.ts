import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileSource, linkPackage } from './compile-source.js';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CompiledCli {
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Runs a bash script that can call `cloudtracker`. */
  shell(script: string, options?: RunOptions): Promise<Outcome>;
  remove(): Promise<void>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Called after the process has started. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** The command as users get it: compiled from current source, with the files of the package. */
export async function compileCli(): Promise<CompiledCli> {
  const root = await mkdtemp(join(tmpdir(), 'cloudtracker-cli-'));
  await linkPackage(root);
  await compileSource(join(root, 'dist'));
  const cli = join(root, 'dist/cli.js');
  const bin = join(root, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'cloudtracker'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {
    mode: 0o755,
  });
  // A separate cache: tests must not use or change the cache of the user.
  const own = { XDG_CACHE_HOME: join(root, 'cache'), PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return {
    run: (args, { env, ...options } = {}) =>
      run(process.execPath, [cli, ...args], { ...options, env: { ...own, ...env } }),
    shell: (script, { env, ...options } = {}) =>
      run('bash', ['-c', script], { ...options, env: { ...own, ...env } }),
    remove: () => rm(root, { recursive: true }),
  };
}

function run(
  command: string,
  args: readonly string[],
  { env = {}, onStart }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', fail);
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
    onStart?.(child);
  });
}
