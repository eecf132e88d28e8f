import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { runVerify } from '../../src/commands/verify.js';
import { JSON_FILES } from '../../src/model/files.js';
import { strictSchema, type Schema } from './strict-schema.js';

/** Schema of each file. */
const SCHEMAS = JSON_FILES.map(
  ({ path, schema }) =>
    [new RegExp(`^${path.replaceAll('.', '[.]').replace('<accountId>', '[^/]+')}$`), schema] as const,
);

/** By schema text: nearly all reports of a test file have the same schemas. */
const compiled = new Map<string, ValidateFunction>();

function validatorOf(schema: string): ValidateFunction {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = new Ajv2020({ allErrors: true, strict: true }).compile(
      strictSchema(JSON.parse(schema) as Schema),
    );
    compiled.set(schema, validate);
  }
  return validate;
}

/**
 * Validates every JSON file of a report against its schema, without unknown fields, and verifies that the report is
 * unchanged.
 */
export async function checkReport(folder: string): Promise<void> {
  const validators = new Map<string, ValidateFunction>();
  for (const { schema } of JSON_FILES)
    validators.set(
      schema,
      validatorOf(readFileSync(join(folder, `json/schema/${schema}.schema.json`), 'utf8')),
    );
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((path) => /^(manifest\.json|json\/.*\.(json|ndjson))$/.test(path))) {
    if (name.startsWith('json/schema/')) continue;
    const schema = SCHEMAS.find(([pattern]) => pattern.test(name))?.[1];
    const validate = validators.get(schema ?? '');
    expect(validate, `${name} has no schema`).toBeDefined();
    const text = readFileSync(join(folder, name), 'utf8');
    const values = name.endsWith('.ndjson') ? text.split('\n').filter((line) => line !== '') : [text];
    for (const value of values) {
      validate?.(JSON.parse(value));
      expect(validate?.errors ?? [], name).toEqual([]);
    }
  }
  expect((await runVerify({ folder, onProgress: () => undefined })).findings).toEqual([]);
}
