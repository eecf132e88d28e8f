import { tryParseJson } from '../../base/json.js';
import type { FieldName, Values } from './layouts.js';

/** Fields of a session start that older shippers wrote as text only. */
const FROM_ORIGINAL: readonly FieldName[] = [
  'requestParameters.roleArn',
  'requestParameters.roleSessionName',
  'responseElements.credentials.accessKeyId',
  'responseElements.assumedRoleUser.arn',
];

/** Adds missing parameters from the original record, if the document has it. */
export function withOriginal(values: Values): Values {
  if (values.original === undefined || values.original === null) return values;
  const record = tryParseJson(values.original);
  const filled = FROM_ORIGINAL.flatMap((field) => {
    const value = values[field] ?? field.split('.').reduce(inside, record);
    return typeof value === 'string' && value !== '' ? [[field, value] as const] : [];
  });
  return { ...values, ...Object.fromEntries(filled) };
}

function inside(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return (node as Readonly<Record<string, unknown>>)[key];
}
