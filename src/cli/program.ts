import { Command } from 'commander';
import { toolVersion } from '../base/tool-version.js';
import { PROGRAM_HELP } from '../wording/cli-help.js';
import { addCheck } from './check.js';
import { addDiff } from './diff.js';
import { EXIT_ERROR } from './endings.js';
import { addIngest } from './ingest.js';
import { print, printError } from './output.js';
import { addQuery } from './query.js';
import { addReport } from './report.js';
import { addVerify } from './verify.js';

/** The command line. Each command loads its own code: Node opens all files that a module imports at the same time. */
export function createProgram(): Command {
  const program = new Command('cloudtracker')
    .description(PROGRAM_HELP.description)
    .version(toolVersion())
    .enablePositionalOptions()
    .showHelpAfterError(PROGRAM_HELP.afterError)
    .configureOutput({
      writeOut: (text) => {
        print(linesOf(text));
      },
      writeErr: (text) => {
        printError(linesOf(text));
      },
      outputError: (text) => {
        printError(errorLinesOf(text));
      },
    })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_ERROR));
  addReport(program);
  addCheck(program);
  addDiff(program);
  addIngest(program);
  addVerify(program);
  addQuery(program);
  return program;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

/** Commander quotes arguments without escaping them. Only its suggestion is a line of its own. */
function errorLinesOf(text: string): string[] {
  const [, message = '', suggestion] = /^(.*?)(?:\n(\(Did you mean [^\n]*\?\)))?\n?$/s.exec(text) ?? [];
  return suggestion === undefined ? [message] : [message, suggestion];
}
