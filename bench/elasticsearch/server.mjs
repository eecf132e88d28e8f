// The test server: compiles its TypeScript into a separate folder.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const SUPPORT = new URL('../../test/support/elasticsearch/', import.meta.url);

/** @returns null without Java or Maven */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtracker-bench-server-'));
  for (const name of ['server', 'java']) {
    const { outputText } = ts.transpileModule(readFileSync(new URL(`${name}.ts`, SUPPORT), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    });
    writeFileSync(join(folder, `${name}.js`), outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['Main.java', 'pom.xml']) copyFileSync(new URL(name, SUPPORT), join(folder, name));
  const { startElasticsearch } = await import(join(folder, 'server.js'));
  const server = await startElasticsearch('bench');
  if (server === null) rmSync(folder, { recursive: true });
  return (
    server && {
      url: server.url,
      stop: async () => {
        await server.stop();
        rmSync(folder, { recursive: true });
      },
    }
  );
}
