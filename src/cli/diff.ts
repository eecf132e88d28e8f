import type { Command } from 'commander';
import type { DiffResult } from '../commands/diff.js';
import { untilAborted } from '../interruption.js';
import { SIGNAL_CODES } from './endings.js';
import { print } from './output.js';
import { supervise } from './supervise.js';

const EXIT_DIFFERENT = 1;

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('What changed between two reports: principals new and gone, and their grants.')
    .argument('<old>', 'folder of the earlier report')
    .argument('<new>', 'folder of the later one')
    .option('--json', 'one JSON object per changed principal and line, as in json/changes.ndjson')
    .addHelpText(
      'after',
      `
Both reports have to be made without --detail services.

Exit codes: 0 nothing changed; 1 something did; 2 an error; ${SIGNAL_CODES}.

Example:
  $ cloudtracker diff reports/2026-Q2 reports/2026-Q3`,
    )
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
    `${before} → ${now}: ${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}`,
    ...different.map(
      ({ change, principal, sentence }) => `${change.padEnd(width)}  ${principal.arn}  ${sentence}`,
    ),
  ];
}
