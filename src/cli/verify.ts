import { InvalidArgumentError, type Command } from 'commander';
import { toolVersion } from '../base/tool-version.js';
import type { Finding, VerifyResult } from '../commands/verify.js';
import { untilAborted } from '../interruption.js';
import { SIGNAL_CODES } from './endings.js';
import { print } from './output.js';
import { supervise } from './supervise.js';

const EXIT_DIFFERENT = 2;
const MAX_NAMED = 100;
const NO_PROOF =
  'All files agree with each other. This proves nothing against somebody who made all of them anew: compare the SHA-256 of SHA256SUMS with the value kept elsewhere (--sha256).';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Check that a report is as it was written: no file changed, missing or added, and no file contradicts another.',
    )
    .argument('<folder>', 'the folder of the report')
    .option(
      '--sha256 <hash>',
      'the SHA-256 of SHA256SUMS that was kept elsewhere, for example in a ticket',
      sha256,
    )
    .addHelpText(
      'after',
      `
Reads only the folder and makes no network requests. SHA256SUMS covers every file, manifest.json included. The command also
checks manifest.json by its schema, the files that a report must have, and the counts of files that must agree.

None of this proves anything against somebody who made all files anew, without contradictions. Keep the SHA-256 of
SHA256SUMS, which report and verify print, where nobody who can change the report can change it, and give it with --sha256.

Exit codes: 0 the report is unchanged; 2 something differs (the output names it), or the folder holds no report;
${SIGNAL_CODES}.

Examples:
  $ cloudtracker verify reports/2026-Q3
  $ cloudtracker verify reports/2026-Q3 --sha256 9f2b…`,
    )
    .action(async (folder: string, { sha256 }: { readonly sha256?: string }) => {
      const { result } = await supervise(async ({ signal, onProgress }) => {
        const { runVerify } = await import('../commands/verify.js');
        const work = runVerify({ folder, ...(sha256 === undefined ? {} : { sha256 }), onProgress });
        return untilAborted(work, signal);
      });
      print(linesOf(result, sha256 !== undefined));
      process.exitCode = result.findings.length === 0 ? 0 : EXIT_DIFFERENT;
    });
}

function sha256(value: string): string {
  if (!/^[0-9a-f]{64}$/i.test(value)) throw new InvalidArgumentError('It must be 64 hexadecimal digits.');
  return value;
}

function linesOf({ findings, files, bytes, sha256, madeBy }: VerifyResult, expected: boolean): string[] {
  const unchanged = findings.length === 0;
  return [
    ...findings.slice(0, MAX_NAMED).map(lineOf),
    ...(findings.length > MAX_NAMED ? [`… ${findings.length - MAX_NAMED} more`] : []),
    unchanged
      ? `Unchanged: ${files} files, ${bytes} bytes.`
      : `Not as it was written: ${findings.length} ${findings.length === 1 ? 'difference' : 'differences'} in ${files} listed files.`,
    ...(unchanged ? [] : versionLines(madeBy)),
    `SHA-256 of SHA256SUMS: ${sha256}`,
    ...(unchanged && !expected ? [NO_PROOF] : []),
  ];
}

const lineOf = ({ kind, path, detail }: Finding): string =>
  `${kind}: ${path}${detail === undefined ? '' : ` (${detail})`}`;

/** A report of another version may differ from what this one expects, though nobody changed it. */
const versionLines = (madeBy: string | null): string[] =>
  madeBy === null || madeBy === toolVersion()
    ? []
    : [`Written by cloudtracker ${madeBy}; this is ${toolVersion()}. Verify the report with ${madeBy} too.`];
