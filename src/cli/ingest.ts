import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { IngestResult } from '../commands/ingest.js';
import { Interruption } from '../interruption.js';
import { SIGNAL_CODES } from './endings.js';
import { print } from './output.js';
import { positive } from './positive.js';
import { supervise } from './supervise.js';

interface IngestFlags {
  readonly config: string;
  readonly index?: string;
  readonly concurrency: number;
}

const EXIT_INCOMPLETE = 2;
const MAX_NAMED = 20;

export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('Put folders of CloudTrail log files into the Elasticsearch index of the configuration.')
    .argument('<folder...>', 'folders with log files, searched in depth')
    .option('--config <file>', 'configuration', 'config.yaml')
    .option('--index <name>', 'write to this index; needed where the configured one is a pattern')
    .option('--concurrency <n>', 'maximum concurrent requests', positive, Math.min(4, availableParallelism()))
    .addHelpText(
      'after',
      `
The index is made where there is none. Events that it holds already are left alone, so the command can be repeated, also
after Ctrl-C or a failure, and with more files.

Exit codes: 0 everything is in the index; 2 an error, or some files or events were left out (the output names them);
${SIGNAL_CODES}.

Examples:
  $ aws s3 sync s3://my-cloudtrail-bucket/AWSLogs/ logs/
  $ cloudtracker ingest --config config.yaml logs
  $ cloudtracker ingest --config config.yaml --index cloudtrail-2026-07 logs/123456789012 logs/210987654321`,
    )
    .action(async (folders: string[], flags: IngestFlags) => {
      const { result, interruption } = await supervise(async (supervision) => {
        const { runIngest } = await import('../commands/ingest.js');
        return runIngest({ ...flags, folders, ...supervision });
      });
      print(summaryOf(result));
      process.exitCode = exitCodeOf(result);
      if (result.interrupted && interruption !== undefined)
        throw new Interruption(interruption.signal, 'Run the same command again to resume.');
    });
}

function summaryOf({
  index,
  read,
  sent,
  files,
  documents,
  warnings,
}: IngestResult & { index: string }): string[] {
  const name = (path: string): string => relative(process.cwd(), path);
  const { refused } = sent;
  return [
    ...read.failed.slice(0, MAX_NAMED).map(({ path, reason }) => `not read: ${name(path)}: ${reason}`),
    ...more(read.failed.length, 'files were not read'),
    ...read.damaged.slice(0, MAX_NAMED).map(({ path, reason }) => `not read whole: ${name(path)}: ${reason}`),
    ...more(read.damaged.length, 'files were not read whole'),
    ...refused.named.map(({ id, reason }) => `refused by the server: event ${id}: ${reason}`),
    ...more(refused.count, 'events were refused', refused.named.length),
    ...warnings.map((warning) => `warning: ${warning}`),
    '',
    `Files:  ${read.files} of ${files} read, ${read.failed.length} not readable, ${read.damaged.length} damaged`,
    `Events: ${read.events} read, ${sent.created} new, ${sent.present} in the index before, ${refused.count} refused`,
    ...(sent.reduced > 0
      ? [`        ${sent.reduced} of the new ones with their whole record as text only`]
      : []),
    ...(read.insights > 0 ? [`        ${read.insights} of those read are Insights events`] : []),
    ...(read.otherRecords > 0 ? [`        ${read.otherRecords} more entries are no CloudTrail records`] : []),
    `Index:  ${index} now holds ${documents} documents`,
  ];
}

const more = (count: number, what: string, named = MAX_NAMED): string[] =>
  count > named ? [`… ${count - named} more ${what}`] : [];

function exitCodeOf({ read, sent }: IngestResult): number {
  return read.failed.length + read.damaged.length + sent.refused.count > 0 ? EXIT_INCOMPLETE : 0;
}
