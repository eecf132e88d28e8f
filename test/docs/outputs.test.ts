import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { COLUMN_MEANINGS } from '../../src/report/csv/meanings.js';
import { createCsvWriter } from '../../src/report/csv/writer.js';
import { schemaFiles, SHAPES } from '../../src/model/files.js';
import { write } from '../report/sample.js';

/** The page, the name of its generated part, and what stands there. */
const PAGES: readonly (readonly [page: string, part: string, tables: () => string | Promise<string>])[] = [
  ['docs/outputs-csv.md', 'csv', csvTables],
  ['docs/outputs-json.md', 'json', jsonTables],
];

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(head) + row(head.map(() => '---')) + rows.map(row).join('');

async function csvTables(): Promise<string> {
  const files = await write(createCsvWriter({ detail: 'full' }));
  const byName = new Map(
    [...files].map(([path, text]) => [path.replace(/\d{12}/, '<accountId>'), text.split('\r\n')[0] ?? '']),
  );
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, header]) => {
      const file = path.replace(/^csv\/|\.csv$/g, '');
      const rows = header.split(',').map((name) => {
        const meaning = COLUMN_MEANINGS[`${file}/${name}`] ?? COLUMN_MEANINGS[name];
        expect(meaning, `src/report/csv/meanings.ts says nothing of ${file}/${name}`).toBeDefined();
        return [`\`${name}\``, meaning ?? ''];
      });
      return `## \`${path}\`\n\n${table(['column', 'meaning'], rows)}`;
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
  return SHAPES.map(([, title, shape]) => {
    const fields = fieldsOf(z.toJSONSchema(shape) as Schema, '');
    return `## ${title.replace(/\S+\.\S+/, '`$&`')}\n\n${table(['field', 'type', 'meaning'], fields)}`;
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
  const filled = `${text.slice(0, before)}${start}\n\n${await tables()}\n${text.slice(after)}`;
  const pretty = await format(filled, { ...(await resolveConfig(file)), filepath: file });
  await expect(pretty).toMatchFileSnapshot(file);
});

test('no meaning is left of a column that is gone', async () => {
  const headers = [...(await write(createCsvWriter({ detail: 'full' })))].map(
    ([path, text]) => [path.replace(/^csv\/|\.csv$/g, ''), text.split('\r\n')[0]?.split(',') ?? []] as const,
  );
  const known = new Set(
    headers.flatMap(([file, names]) => names.flatMap((name) => [name, `${file}/${name}`])),
  );
  expect(Object.keys(COLUMN_MEANINGS).filter((name) => !known.has(name))).toEqual([]);
});

test.each(schemaFiles().map(({ path, text }) => [path.replace('json/', ''), text] as const))(
  'the package has %s',
  async (path, text) => {
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../..', path));
  },
);
