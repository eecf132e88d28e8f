import { Option, type Command } from 'commander';
import type { QueryOptions } from '../commands/query/run.js';
import { untilAborted } from '../interruption.js';
import { defaultCacheFolder } from './cache-folder.js';
import { SIGNAL_CODES } from './endings.js';
import { isColorful, print, printError, type Line } from './output.js';
import { supervise } from './supervise.js';

type QueryFlags = Omit<QueryOptions, 'cache' | 'write' | 'warn' | 'now'> & {
  readonly color: boolean;
  readonly cache: string | false;
};

/** The command line of the original CloudTracker. */
export function addQuery(program: Command): void {
  program
    .option('--config <file>', 'configuration', 'config.yaml')
    .option('--account <name>', 'account of the query, by name or id')
    .addOption(new Option('--list <what>', 'list principals, used or not').choices(['users', 'roles']))
    .option('--user <name>', 'what this user may do and did')
    .option('--role <name>', 'what this role may do and did')
    .option('--start <date>', 'first day, YYYY-MM-DD (default: 365 days ago)')
    .option('--end <date>', 'last day, YYYY-MM-DD (default: today)')
    .option('--destrole <name>', 'what the user or role did after assuming this role')
    .option('--destaccount <name>', 'account of that role, if another')
    .option('--show-used', 'hide what was not used')
    .option('--ignore-benign', 'hide list and describe actions')
    .option('--ignore-unknown', 'hide what CloudTrail does not record')
    .option('--no-color', 'no colors')
    .option('--cache <folder>', 'cache directory for parsed log files', defaultCacheFolder())
    .option('--no-cache', 'read all log files, and cache nothing')
    .addHelpText(
      'after',
      `
Exit codes of queries: 0 the answer is whole; 2 an error, or some data were incomplete;
${SIGNAL_CODES}.

Examples:
  $ cloudtracker report --quarter 2026-Q3           everything, as a static site, CSV and JSON
  $ cloudtracker --account demo --list users
  $ cloudtracker --account demo --user alice --show-used
  $ cloudtracker --account demo --user charlie --destrole admin --destaccount backup`,
    )
    .action(async (flags: QueryFlags) => {
      if (flags.list === undefined && flags.user === undefined && flags.role === undefined) {
        program.help({ error: true });
      }
      await query(flags);
    });
}

async function query({ cache, color, ...rest }: QueryFlags): Promise<void> {
  const answer: Line[] = [];
  const warnings: string[] = [];
  const { result } = await supervise(async ({ signal }) => {
    const { runQuery } = await import('../commands/query/run.js');
    const work = runQuery({
      ...rest,
      ...(cache === false ? {} : { cache }),
      write: (line) => answer.push(line),
      warn: (line) => warnings.push(line),
    });
    return untilAborted(work, signal);
  });
  print(color && isColorful() ? answer : answer.map((line) => (typeof line === 'string' ? line : line.text)));
  printError(warnings);
  process.exitCode = result;
}
