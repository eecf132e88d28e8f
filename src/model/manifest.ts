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

const input = z.object({
  kind: z.enum(['iam', 'scp', 'boundary', 'credential-report', 'public-keys', 'previous', 'decisions']),
  name: text.describe('relative to the configuration; the bare name of a file that lies elsewhere'),
  accounts: z.array(accountId).describe('for which it was read'),
  sha256,
  bytes: count,
  records: z.record(text, count).describe('entries by kind'),
  newest: time.nullable().describe('newest time in it: a sign of when it was made'),
});

const logFiles = z.object({
  path: text.describe('file of this report that lists the log files; its checksum is in outputs'),
  files: count.describe('opened, or tried to: files passed over by their names are in counts only'),
  damaged: count.describe('of these, read in part'),
  failed: count.describe('of these, not read'),
  bytes: count.describe('of all together, as they lie on the disk'),
  records: count,
  newest: time.nullable().describe('newest event that was taken from them'),
});

const server = z.object({
  cluster: z
    .object({ name: text, uuid: text, version: text })
    .nullable()
    .describe('null where the privileges do not show it'),
  pattern: text.describe('index or pattern that was asked'),
  indices: z
    .array(
      z.object({
        name: text,
        uuid: text.nullable().describe('null where the privileges do not show it'),
        documents: count.describe('of the period, duplicates and other accounts included'),
        first: time.nullable(),
        last: time.nullable(),
        gaps: z.array(day).describe('days between first and last without any document'),
      }),
    )
    .nullable()
    .describe('those with documents of the period; null when they could not be read'),
});

const output = z.object({
  path: text,
  sha256,
  bytes: count,
  rows: count.exactOptional().describe('without the header, of files that have rows'),
});

/** manifest.json. Only `run` differs between two runs over the same inputs. */
export const manifestShape = z.object({
  schemaVersion: z.literal(2).describe('goes up when a field is taken away or changes its meaning'),
  tool: tool.describe('what made the report'),
  actionData: actionData.describe('the list of IAM actions'),
  review: z.object({ id: text, period }).describe('which review this is'),
  run: z
    .object({
      startedAt: time,
      finishedAt: time,
      timeZone: text.describe('of the machine; the report itself is in UTC'),
      concurrency: count,
      resumed: z.boolean().describe('it went on with what an earlier run had read of the trail'),
      node: text.describe('version of Node.js'),
      effort: z.record(text, z.number()).describe('what the answers of the trail took, by name'),
      outputs: z.array(output).describe('files of the report that differ from run to run'),
    })
    .describe('the only part that differs between two runs over the same inputs'),
  options: z
    .object({ accounts: z.array(accountId), detail: z.enum(['full', 'services']) })
    .describe('of the command line, as far as they matter to the content'),
  config: z
    .object({
      name: text,
      sha256: sha256.describe('of the file as written, before secrets are filled in'),
      effective: z
        .looseObject({})
        .describe('as it took effect: secrets left out, paths relative to the file'),
    })
    .describe('the configuration'),
  inputs: z.array(input).describe('files that were read, other than logs'),
  trail: z
    .object({
      engine: text.describe('what read the logs: files, elasticsearch'),
      counts: z.record(text, z.number()).describe('numbers of the engine, by name'),
      incomplete: gaps.describe('accounts (null: any) whose events could not all be read, with the reason'),
      accounts: z.array(coverage).describe('what the trail holds of each account'),
      logFiles: logFiles.nullable().describe('null for logs in Elasticsearch'),
      server: server.nullable().describe('null for logs in files'),
    })
    .describe('the logs'),
  counts: z
    .object({ principals: count, users: count, roles: count, incomplete: count, events: count })
    .describe('totals of the report'),
  exemptions: z
    .array(z.object({ id: text, arn: text, owner: text, reason: text, expires: day.nullable() }))
    .describe('of the configuration'),
  warnings: z.array(text).describe('sentences for people'),
  outputs: z
    .array(output)
    .describe('every other file of the report but manifest.json and SHA256SUMS, sorted by path'),
});
