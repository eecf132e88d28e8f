import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { compileSource, linkPackage } from './compile-source.js';

const SOURCE = resolve('src');
const WORKER = /(new Worker\(\s*)new URL\('\.\/([\w-]+)\.js', import\.meta\.url\)/g;

/** Shared by all projects of a run. */
let compiled: Promise<string> | null = null;

/**
 * Vite plugin. Node cannot start a thread from TypeScript, so tests start the compiled file of the same name and
 * read in threads, like users do.
 */
export function compiledWorkers(): Plugin {
  return {
    name: 'compiled-workers',
    enforce: 'pre',
    async transform(code, id) {
      if (!id.startsWith(SOURCE) || !code.includes('new Worker(')) return null;
      const folder = pathToFileURL(join(await (compiled ??= compile()), id.slice(SOURCE.length), '..')).href;
      return code.replace(
        WORKER,
        (_, start: string, name: string) => `${start}new URL('${folder}/${name}.js')`,
      );
    },
    // In watch mode, a worker is compiled again together with the file that starts it.
    watchChange() {
      compiled = null;
    },
  };
}

async function compile(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'cloudtracker-workers-'));
  // Some tests switch to another user.
  await chmod(root, 0o755);
  await compileSource(join(root, 'dist'));
  await linkPackage(root);
  return join(root, 'dist');
}
