import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { IngestResult } from '../commands/ingest.js';
import { Interruption } from '../interruption.js';
import { INGEST_HELP as HELP, SHARED_OPTIONS } from '../wording/cli-help.js';
import { INGEST_OUTPUT as OUTPUT, INTERRUPTED, WARNING } from '../wording/cli-output.js';
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
    .description(HELP.description)
    .argument('<folder...>', HELP.folders)
    .option('--config <file>', SHARED_OPTIONS.config, 'config.yaml')
    .option('--index <name>', HELP.index)
    .option('--concurrency <n>', HELP.concurrency, positive, Math.min(4, availableParallelism()))
    .addHelpText('after', HELP.text)
    .action(async (folders: string[], flags: IngestFlags) => {
      const { result, interruption } = await supervise(async (supervision) => {
        const { runIngest } = await import('../commands/ingest.js');
        return runIngest({ ...flags, folders, ...supervision });
      });
      print(summaryOf(result));
      process.exitCode = exitCodeOf(result);
      if (result.interrupted && interruption !== undefined)
        throw new Interruption(interruption.signal, INTERRUPTED.ingest);
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
    ...read.failed.slice(0, MAX_NAMED).map(({ path, reason }) => OUTPUT.failed(name(path), reason)),
    ...more(read.failed.length, OUTPUT.moreFailed),
    ...read.damaged.slice(0, MAX_NAMED).map(({ path, reason }) => OUTPUT.damaged(name(path), reason)),
    ...more(read.damaged.length, OUTPUT.moreDamaged),
    ...refused.named.map(({ id, reason }) => OUTPUT.refused(id, reason)),
    ...more(refused.count, OUTPUT.moreRefused, refused.named.length),
    ...warnings.map((warning) => `${WARNING}: ${warning}`),
    '',
    OUTPUT.files(files, read.files, read.failed.length, read.damaged.length),
    OUTPUT.events(read.events, sent.created, sent.present, refused.count),
    ...(sent.reduced > 0 ? [OUTPUT.reduced(sent.reduced)] : []),
    ...(read.insights > 0 ? [OUTPUT.insights(read.insights)] : []),
    ...(read.otherRecords > 0 ? [OUTPUT.otherRecords(read.otherRecords)] : []),
    OUTPUT.index(index, documents),
  ];
}

const more = (count: number, describe: (more: number) => string, named = MAX_NAMED): string[] =>
  count > named ? [describe(count - named)] : [];

function exitCodeOf({ read, sent }: IngestResult): number {
  return read.failed.length + read.damaged.length + sent.refused.count > 0 ? EXIT_INCOMPLETE : 0;
}
