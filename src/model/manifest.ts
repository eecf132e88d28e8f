import { z } from 'zod';
import {
  accountId,
  actionData,
  count,
  coverage,
  day,
  gaps,
  period,
  sha256,
  text,
  time,
  tool,
} from './parts.js';
import type { RecordOf } from './record.js';

const input = z.object({
  kind: z.enum(['iam', 'scp', 'boundary', 'credential-report', 'public-keys', 'previous', 'decisions']),
  name: text.describe('path relative to the configuration; for files elsewhere, the name only'),
  accounts: z.array(accountId).describe('accounts that use the file'),
  sha256,
  bytes: count,
  records: z.record(text, count).describe('number of entries by type'),
  newest: time.nullable().describe('newest time in the file, a hint of its age'),
});

const logFiles = z.object({
  path: text.describe('list of log files in this report; its checksum is in outputs'),
  files: count.describe('files opened or tried; files skipped by name are in trail.counts only'),
  damaged: count.describe('files read in part'),
  failed: count.describe('files not read'),
  bytes: count.describe('total size on disk'),
  records: count,
  newest: time.nullable().describe('time of the newest event'),
});

const server = z.object({
  cluster: z
    .object({ name: text, uuid: text, version: text })
    .nullable()
    .describe('null where the privileges do not show it'),
  pattern: text.describe('configured index or pattern'),
  indices: z
    .array(
      z.object({
        name: text,
        uuid: text.nullable().describe('null where the privileges do not show it'),
        documents: count.describe('documents in the period, including duplicates and other accounts'),
        first: time.nullable(),
        last: time.nullable(),
        gaps: z.array(day).describe('days without documents between first and last'),
      }),
    )
    .nullable()
    .describe('indices with documents in the period; null if they could not be read'),
});

const output = z.object({
  path: text,
  sha256,
  bytes: count,
  rows: count.exactOptional().describe('number of rows or lines, without the header'),
});

/** manifest.json. Only `run` differs between two runs over the same inputs. */
export const manifestShape = z.object({
  schemaVersion: z
    .literal(2)
    .describe('version of the format: raised when a field is removed or changes its meaning'),
  tool: tool.describe('program that made the report'),
  actionData: actionData.describe('catalog of IAM actions'),
  review: z.object({ id: text, period }).describe('name and period of the review'),
  run: z
    .object({
      startedAt: time,
      finishedAt: time,
      timeZone: text.describe('time zone of the machine; the report is in UTC'),
      concurrency: count,
      resumed: z.boolean().describe('used answers that an earlier run saved'),
      node: text.describe('Node.js version'),
      effort: z.record(text, z.number()).describe('statistics about reading the logs, by name'),
      outputs: z.array(output).describe('files of the report that differ between runs'),
    })
    .describe('the only part that differs between runs with the same inputs'),
  options: z
    .object({ accounts: z.array(accountId), detail: z.enum(['full', 'services']) })
    .describe('command line options that affect the content'),
  config: z
    .object({
      name: text,
      sha256: sha256.describe('checksum of the file as written, before variables are replaced'),
      effective: z
        .looseObject({})
        .describe('effective values, without secrets; paths are relative to the file'),
    })
    .describe('the configuration'),
  inputs: z.array(input).describe('input files other than logs'),
  trail: z
    .object({
      engine: text.describe('log source: key of the engine in the configuration'),
      counts: z.record(text, z.number()).describe('counts of the engine, by name'),
      incomplete: gaps.describe('accounts (null: all) with unread events, and the reason'),
      accounts: z.array(coverage).describe('events of each account'),
      evidence: z
        .array(text)
        .describe('files of this report in which the engine lists what it read or asked'),
      logFiles: logFiles.nullable().describe('null for logs in Elasticsearch'),
      server: server.nullable().describe('null for logs in files'),
    })
    .describe('the logs'),
  counts: z
    .object({ principals: count, users: count, roles: count, incomplete: count, events: count })
    .describe('totals of the report'),
  exemptions: z
    .array(z.object({ id: text, arn: text, owner: text, reason: text, expires: day.nullable() }))
    .describe('exemptions in the configuration'),
  warnings: z.array(text).describe('warnings, as sentences'),
  outputs: z
    .array(output)
    .describe('all other files of the report except manifest.json and SHA256SUMS, sorted by path'),
});
export type ManifestRecord = RecordOf<typeof manifestShape>;
