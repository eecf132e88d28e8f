import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FILES } from '../../src/report/contents.js';
import { TABLES } from '../../src/report/csv/tables/all.js';
import { CHANGES } from '../../src/report/since-last-review/columns.js';
import { JSON_FILES, schemaFiles, titleOf } from '../../src/model/files.js';

/** The page, the name of its generated part, and what stands there. */
const PAGES: readonly (readonly [page: string, part: string, tables: () => string])[] = [
  ['docs/outputs.md', 'files', filesTable],
  ['docs/outputs-csv.md', 'csv', csvTables],
  ['docs/outputs-json.md', 'json', jsonTables],
];

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(head) + row(head.map(() => '---')) + rows.map(row).join('');

const WHEN = {
  full: 'not with `--detail services`',
  compared: 'with `--previous`',
  evidence: 'if the engine has it',
};

function filesTable(): string {
  const rows = FILES.filter(({ path }) => !path.startsWith('json/schema/')).map(({ path, content, when }) => [
    path.replaceAll(/[^ ,]+/g, '`$&`'),
    when === undefined ? content : `${content} (${WHEN[when]})`,
  ]);
  return table(
    ['path', 'content'],
    [
      ...rows,
      ['`json/schema/<name>.schema.json`', 'JSON Schemas of the JSON files'],
      ['`SHA256SUMS`', 'one line per file: checksum, two spaces, path (`sha256sum -c SHA256SUMS`)'],
    ],
  );
}

function csvTables(): string {
  return [...TABLES, CHANGES]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, columns }) => {
      const rows = columns.map(([column, meaning]) => [`\`${column}\``, meaning]);
      return `## \`csv/${name}.csv\`\n\n${table(['column', 'meaning'], rows)}`;
    })
    .join('\n');
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items === undefined ? 'anything' : typeOf(schema.items)}`;
  return schema.type ?? 'anything';
}

/** The fields below a schema, with the way to them; those of a list's objects after `[]`. */
function fieldsOf(schema: Schema, way: string): string[][] {
  const inner = schema.anyOf?.find((one) => one.type === 'object' || one.type === 'array') ?? schema;
  if (inner.items !== undefined) return fieldsOf(inner.items, `${way}[]`);
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const path = way === '' ? name : `${way}.${name}`;
    const optional = schema.required?.includes(name) === false && inner === schema ? ' (may be absent)' : '';
    return [
      [`\`${path}\``, `${typeOf(field)}${optional}`, field.description ?? ''],
      ...fieldsOf(field, path),
    ];
  });
}

function jsonTables(): string {
  return JSON_FILES.map((file) => {
    const fields = fieldsOf(z.toJSONSchema(file.shape) as Schema, '');
    return `## ${titleOf(file).replace(/\S+\.\S+/, '`$&`')}\n\n${table(['field', 'type', 'meaning'], fields)}`;
  }).join('\n');
}

test.each(PAGES)('%s lists every column or field, with its meaning', async (page, part, tables) => {
  const file = resolve(page);
  const text = readFileSync(file, 'utf8');
  const [start, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const before = text.indexOf(start);
  const after = text.indexOf(end);
  expect(before, `${page} has ${start}`).toBeGreaterThanOrEqual(0);
  expect(after, `${page} has ${end}`).toBeGreaterThan(before);
  const filled = `${text.slice(0, before)}${start}\n\n${tables()}\n${text.slice(after)}`;
  const pretty = await format(filled, { ...(await resolveConfig(file)), filepath: file });
  await expect(pretty).toMatchFileSnapshot(file);
});

test.each(schemaFiles().map(({ path, text }) => [path.replace('json/', ''), text] as const))(
  'the package has %s',
  async (path, text) => {
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../..', path));
  },
);
