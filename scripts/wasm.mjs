// npm run wasm: compiles assembly/main.ts and its imports to src/trail/files/decode/wasm-module.ts. A test compares the two.
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
    ['main.ts', ...options, '--outFile', 'main.wasm', '--baseDir', place('../assembly')],
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
  // Long lines, because nobody reads them.
  const lines = base64.match(/.{1,2000}/g).map((line) => `  '${line}',\n`);
  writeFileSync(
    place('../src/trail/files/decode/wasm-module.ts'),
    `/** assembly/ as WebAssembly, in base64, made by \`npm run wasm\`. */\nexport const WASM_MODULE_BASE64 = [\n${lines.join('')}].join('');\n`,
  );
}
