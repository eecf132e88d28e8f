import type { Command } from 'commander';
import type { DiffResult } from '../commands/diff.js';
import { untilAborted } from '../interruption.js';
import { DIFF_HELP as HELP } from '../wording/cli-help.js';
import { DIFF_OUTPUT } from '../wording/cli-output.js';
import { print } from './output.js';
import { supervise } from './supervise.js';

const EXIT_DIFFERENT = 1;

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description(HELP.description)
    .argument('<old>', HELP.old)
    .argument('<new>', HELP.new)
    .option('--json', HELP.json)
    .addHelpText('after', HELP.text)
    .action(async (before: string, now: string, flags: { readonly json?: boolean }) => {
      const { result } = await supervise(async ({ signal }) => {
        const { diffLine, runDiff } = await import('../commands/diff.js');
        return { ...(await untilAborted(runDiff(before, now), signal)), diffLine };
      });
      const different = result.changes.filter(({ change }) => change !== 'same');
      print(flags.json === true ? different.map(result.diffLine) : textOf(result, different));
      process.exitCode = different.length > 0 ? EXIT_DIFFERENT : 0;
    });
}

function textOf({ before, now, changes }: DiffResult, different: DiffResult['changes']): string[] {
  const count = (kind: string): number => changes.filter(({ change }) => change === kind).length;
  const kinds = ['new', 'changed', 'gone', 'same', 'not-reviewed'];
  const width = Math.max(0, ...different.map(({ change }) => change.length));
  return [
    DIFF_OUTPUT.title(
      before,
      now,
      kinds.map((kind) => [count(kind), kind]),
    ),
    ...different.map(
      ({ change, principal, sentence }) => `${change.padEnd(width)}  ${principal.arn}  ${sentence}`,
    ),
  ];
}
