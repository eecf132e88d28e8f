import { z } from 'zod';
import { assumptionShape } from './assumption.js';
import { catalogShape } from './catalog.js';
import { logFileShape } from './log-file.js';
import { manifestShape } from './manifest.js';
import { principalShape } from './principal.js';
import { queryShape } from './query.js';
import { reportShape } from './report.js';
import { changeShape } from './since-last-review.js';

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
    text: `${JSON.stringify({ title, ...jsonSchema(shape) }, null, 2)}\n`,
  }));

/** Later versions may add keys: published schemas accept keys that they do not know, so that readers with an older one go on working. */
const jsonSchema = (shape: z.ZodType): object =>
  z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) jsonSchema.additionalProperties = {};
    },
  });
