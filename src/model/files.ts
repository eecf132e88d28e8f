import { z } from 'zod';
import { assumptionShape } from './assumption.js';
import { catalogShape } from './catalog.js';
import { LOG_FILES_FILE, logFileShape } from './log-file.js';
import { manifestShape } from './manifest.js';
import { principalShape } from './principal.js';
import { QUERIES_FILE, queryShape } from './query.js';
import { reportShape } from './report.js';
import { changeShape } from './since-last-review.js';

/** A file, or with `<accountId>` a file of each account. */
export interface FileOfReport {
  /** Relative to the report, with `/`. */
  readonly path: string;
  /** For docs/outputs.md. */
  readonly content: string;
  /** Only in reports with all details, with `--previous`, or of engines that list this evidence; otherwise in every report. */
  readonly when?: 'full' | 'compared' | 'evidence';
}

/** The JSON files, each by the name of its schema. Of NDJSON files, the shape is that of a line. */
export const JSON_FILES = [
  {
    schema: 'report',
    path: 'json/report.json',
    content: 'the review for programs: accounts and totals',
    shape: reportShape,
  },
  {
    schema: 'principal',
    path: 'json/<accountId>/principals.ndjson',
    content: 'one principal per line',
    shape: principalShape,
  },
  {
    schema: 'assumption',
    path: 'json/<accountId>/assumptions.ndjson',
    content: 'one role assumption per line',
    shape: assumptionShape,
  },
  {
    schema: 'query',
    path: QUERIES_FILE,
    content: 'each query sent to Elasticsearch',
    when: 'evidence',
    shape: queryShape,
  },
  {
    schema: 'change',
    path: 'json/changes.ndjson',
    content: 'changes since the last review, and the outcome of every decision',
    when: 'compared',
    shape: changeShape,
  },
  {
    schema: 'catalog',
    path: 'json/catalog.json',
    content: 'the action catalog',
    when: 'full',
    shape: catalogShape,
  },
  {
    schema: 'manifest',
    path: 'manifest.json',
    content: 'inputs, options, totals, and checksums of all files except `SHA256SUMS`',
    shape: manifestShape,
  },
  {
    schema: 'log-file',
    path: LOG_FILES_FILE,
    content: 'each log file with its checksum',
    when: 'evidence',
    shape: logFileShape,
  },
] as const satisfies readonly (FileOfReport & { readonly schema: string; readonly shape: z.ZodType })[];

/** What a schema describes: a file, or a line of it. */
export const titleOf = ({ path }: FileOfReport): string =>
  path.endsWith('.ndjson') ? `a line of ${path}` : path;

/** The JSON Schemas (draft 2020-12) that go with every report; paths are relative to the report. */
export const schemaFiles = (): readonly { readonly path: string; readonly text: string }[] =>
  JSON_FILES.map((file) => ({
    path: `json/schema/${file.schema}.schema.json`,
    text: `${JSON.stringify({ title: titleOf(file), ...jsonSchema(file.shape) }, null, 2)}\n`,
  }));

/** Later versions may add keys: published schemas accept keys that they do not know, so that readers with an older one go on working. */
const jsonSchema = (shape: z.ZodType): object =>
  z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) jsonSchema.additionalProperties = {};
    },
  });
