import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transformWithOxc } from 'vite';

const SOURCE = resolve('src');

/** Compiles the current src/ to a new folder, one file each, like dist/ in the package. */
export async function compileSource(target: string): Promise<void> {
  for (const name of await readdir(SOURCE, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const { code } = await transformWithOxc(await readFile(join(SOURCE, name), 'utf8'), join(SOURCE, name), {
      sourcemap: false,
    });
    const file = join(target, name.replace(/\.ts$/, '.js'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, code);
  }
}

/** Links what compiled source finds relative to its place in the package. @param root the folder that has dist/ */
export async function linkPackage(root: string): Promise<void> {
  for (const name of ['node_modules', 'templates', 'data', 'package.json'])
    await symlink(resolve(name), join(root, name));
}
