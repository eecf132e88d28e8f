import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { z } from 'zod';
import { assumptionShape } from '../../src/model/assumption.js';
import { principalShape } from '../../src/model/principal.js';
import { reportShape } from '../../src/model/report.js';
import { strictSchema, type Schema } from '../support/strict-schema.js';

/** Allowed content of expected.json. Each part is compared with `toMatchObject`, so fields that do not matter are left out. */
interface Expected {
  /** By ARN. */
  readonly principals?: Readonly<Record<string, object>>;
  /** All role assumptions of the report, in order. */
  readonly assumptions?: readonly object[];
  /** All accounts of json/report.json, in order. */
  readonly accounts?: readonly object[];
}

/** Some of the fields that the report's schema knows, at every depth, and no other. */
const someFieldsOf = (shape: z.ZodType): object => ({
  ...strictSchema(z.toJSONSchema(shape) as Schema, { partial: true }),
  minProperties: 1,
});

const validate = new Ajv2020({ allErrors: true }).compile<Expected>({
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    principals: { type: 'object', minProperties: 1, additionalProperties: someFieldsOf(principalShape) },
    assumptions: { type: 'array', items: someFieldsOf(assumptionShape) },
    accounts: { type: 'array', minItems: 1, items: someFieldsOf(reportShape.shape.accounts.element) },
  },
});

/** @throws with every field that is misspelt or of another type, such as `/principals/arn:…: unknown field "usde"` */
export function parseExpected(file: string, text: string): Expected {
  const value: unknown = JSON.parse(text);
  if (validate(value)) return value;
  const problems = (validate.errors ?? []).map(({ instancePath, message = '', params }) => {
    const { additionalProperty: field } = params as { additionalProperty?: string };
    const place = instancePath.replaceAll('~1', '/');
    return `${place === '' ? '/' : place}: ${field === undefined ? message : `unknown field "${field}"`}`;
  });
  throw new Error(`${file} expects what no report has:\n${problems.join('\n')}`);
}

/** @param json folder json/ of a report */
export function expectIn(json: string, expected: Expected): void {
  const files = readdirSync(json, { recursive: true, encoding: 'utf8' }).sort();
  const lines = (kind: string): unknown[] =>
    files
      .filter((file) => file.endsWith(`${kind}.ndjson`))
      .flatMap((file) => readFileSync(join(json, file), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  const byArn = new Map((lines('principals') as { arn: string }[]).map((line) => [line.arn, line]));
  for (const [arn, principal] of Object.entries(expected.principals ?? {})) {
    expect(byArn.get(arn), arn).toMatchObject(principal);
  }
  if (expected.assumptions !== undefined) expect(lines('assumptions')).toMatchObject(expected.assumptions);
  if (expected.accounts !== undefined) {
    const report: unknown = JSON.parse(readFileSync(join(json, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ accounts: expected.accounts });
  }
}
