import { z } from 'zod';
import { catalogShape, changeShape } from './loop-shapes.js';
import { logFileShape, manifestShape } from './manifest.js';
import { assumptionShape, principalShape, queryShape, reportShape } from './shapes.js';

export const SHAPES = [
  ['report', 'json/report.json', reportShape],
  ['principal', 'a line of json/<accountId>/principals.ndjson', principalShape],
  ['assumption', 'a line of json/<accountId>/assumptions.ndjson', assumptionShape],
  ['query', 'a line of json/queries.ndjson', queryShape],
  ['change', 'a line of json/changes.ndjson', changeShape],
  ['catalog', 'json/catalog.json', catalogShape],
  ['manifest', 'manifest.json', manifestShape],
  ['log-file', 'a line of json/log-files.ndjson', logFileShape],
] as const;

/** The JSON Schemas (draft 2020-12) that go with every report; paths are relative to the report. */
export const schemaFiles = (): readonly { readonly path: string; readonly text: string }[] =>
  SHAPES.map(([name, title, shape]) => ({
    path: `json/schema/${name}.schema.json`,
    text: `${JSON.stringify({ title, ...z.toJSONSchema(shape, { target: 'draft-2020-12' }) }, null, 2)}\n`,
  }));
