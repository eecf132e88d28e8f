import { InvalidArgumentError, type Command } from 'commander';
import { toolVersion } from '../base/tool-version.js';
import type { VerifyResult } from '../commands/verify.js';
import { untilAborted } from '../interruption.js';
import { INVALID_ARGUMENT, VERIFY_HELP as HELP } from '../wording/cli-help.js';
import { VERIFY_OUTPUT as OUTPUT } from '../wording/cli-output.js';
import { print } from './output.js';
import { supervise } from './supervise.js';

const EXIT_DIFFERENT = 2;
const MAX_NAMED = 100;

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(HELP.description)
    .argument('<folder>', HELP.folder)
    .option('--sha256 <hash>', HELP.sha256, sha256)
    .addHelpText('after', HELP.text)
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
  if (!/^[0-9a-f]{64}$/i.test(value)) throw new InvalidArgumentError(INVALID_ARGUMENT.sha256);
  return value;
}

function linesOf({ findings, files, bytes, sha256, madeBy }: VerifyResult, expected: boolean): string[] {
  const unchanged = findings.length === 0;
  return [
    ...findings.slice(0, MAX_NAMED).map(({ kind, path, detail }) => OUTPUT.finding(kind, path, detail)),
    ...(findings.length > MAX_NAMED ? [OUTPUT.more(findings.length - MAX_NAMED)] : []),
    unchanged ? OUTPUT.unchanged(files, bytes) : OUTPUT.changed(findings.length, files),
    ...(unchanged ? [] : versionLines(madeBy)),
    OUTPUT.sums(sha256),
    ...(unchanged && !expected ? [OUTPUT.noProof] : []),
  ];
}

/** A report of another version can differ from expectations without having been changed. */
const versionLines = (madeBy: string | null): string[] =>
  madeBy === null || madeBy === toolVersion() ? [] : [OUTPUT.otherVersion(madeBy, toolVersion())];
