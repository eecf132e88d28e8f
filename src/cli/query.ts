import { Option, type Command } from 'commander';
import type { QueryOptions } from '../commands/query/run.js';
import { untilAborted } from '../interruption.js';
import { QUERY_HELP as HELP, SHARED_OPTIONS } from '../wording/cli-help.js';
import { defaultCacheFolder } from './cache-folder.js';
import { isColorful, print, printError, type Line } from './output.js';
import { supervise } from './supervise.js';

type QueryFlags = Omit<QueryOptions, 'cache' | 'write' | 'warn' | 'now'> & {
  readonly color: boolean;
  readonly cache: string | false;
};

/** The command line of the original CloudTracker. */
export function addQuery(program: Command): void {
  program
    .option('--config <file>', SHARED_OPTIONS.config, 'config.yaml')
    .option('--account <name>', HELP.account)
    .addOption(new Option('--list <what>', HELP.list).choices(['users', 'roles']))
    .option('--user <name>', HELP.user)
    .option('--role <name>', HELP.role)
    .option('--start <date>', HELP.start)
    .option('--end <date>', HELP.end)
    .option('--destrole <name>', HELP.destrole)
    .option('--destaccount <name>', HELP.destaccount)
    .option('--show-used', HELP.showUsed)
    .option('--ignore-benign', HELP.ignoreBenign)
    .option('--ignore-unknown', HELP.ignoreUnknown)
    .option('--no-color', HELP.noColor)
    .option('--cache <folder>', SHARED_OPTIONS.cache, defaultCacheFolder())
    .option('--no-cache', SHARED_OPTIONS.noCache)
    .addHelpText('after', HELP.text)
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
