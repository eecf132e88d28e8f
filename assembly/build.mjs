// npm run wasm: makes src/trail/files/decode/wasm-module.ts of walk.ts and what it imports. A test compares the two.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @returns the module in base64 */
export async function compile() {
  const options = [
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--use',
    'abort=',
    '--importMemory',
    '-O3',
    '--noAssert',
  ];
  let binary;
  const { error, stderr } = await asc.main(
    ['walk.ts', ...options, '--outFile', 'walk.wasm', '--baseDir', place('.')],
    {
      writeFile: (name, contents) => {
        binary = contents;
      },
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base64 = await compile();
  const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}',\n`);
  writeFileSync(
    place('../src/trail/files/decode/wasm-module.ts'),
    `/** assembly/ as WebAssembly, in base64; made by \`npm run wasm\`. */\nexport const WALK = [\n${lines.join('')}].join('');\n`,
  );
}
