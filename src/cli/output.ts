import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { describeError } from '../base/describe-error.js';
import { ENDINGS } from '../wording/cli-output.js';
import { makeVisible } from './visible.js';

/** Standard output cannot take the result. Printed without a stack trace, exit code 2. */
export class StdoutError extends Error {
  override name = 'StdoutError';
}

interface ColoredLine {
  readonly text: string;
  /** Parameter of the escape code SGR (ECMA-48), such as 31 for red. */
  readonly ansi: number;
}

export type Line = string | ColoredLine;

type Stream = 'stdout' | 'stderr';

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;
/** Characters per write. */
const CHUNK = 1 << 16;
/** Milliseconds before the next attempt to write to a full pipe that does not block. */
const RETRY_AFTER = 10;
const CLEAR_LINE = '\r\u001b[K';
const ELLIPSIS = '…';

const isTerminal = { stdout: isatty(DESCRIPTORS.stdout), stderr: isatty(DESCRIPTORS.stderr) };
const isClosed: Record<Stream, boolean> = { stdout: false, stderr: false };
/** The text on the last row of the terminal that the next line replaces. */
let movingLine = '';

for (const stream of ['stdout', 'stderr'] as const) {
  // Without a listener, a terminal window that closes ends the process.
  if (isTerminal[stream]) process[stream].on('error', () => (isClosed[stream] = true));
}

/**
 * Prints lines of the result to standard output. Quoted values cannot control the terminal. If the reader has closed the pipe
 * (`| head`), the rest is dropped.
 * @throws StdoutError
 */
export function print(lines: readonly Line[]): void {
  printLines('stdout', lines);
}

/** Prints messages to standard error. If it is closed or full, the messages are dropped: they are no reason to stop. */
export function printError(lines: readonly string[]): void {
  printLines('stderr', lines);
}

/** @returns the current columns of the terminal on standard error; 0 if it is no terminal, or its width is unknown */
export function countColumns(): number {
  return isTerminal.stderr ? ((process.stderr as { readonly columns?: number }).columns ?? 0) : 0;
}

/** Whether to color the result (https://no-color.org). */
export const isColorful = (): boolean =>
  isTerminal.stdout && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';

/** Shows a text that the next line replaces, cut so that it never wraps. An empty text removes it. */
export function showMovingLine(text: string): void {
  // One column less, because some terminals wrap when the last column is filled.
  const line = fit(makeVisible(text), countColumns() - 1);
  if (line === movingLine) return;
  movingLine = line;
  write('stderr', `${CLEAR_LINE}${line}`);
}

function printLines(stream: Stream, lines: readonly Line[]): void {
  showMovingLine('');
  let text = '';
  for (const line of lines) {
    text +=
      typeof line === 'string'
        ? `${makeVisible(line)}\n`
        : `\u001b[${line.ansi}m${makeVisible(line.text)}\u001b[0m\n`;
    if (text.length < CHUNK) continue;
    write(stream, text);
    text = '';
  }
  write(stream, text);
}

/** Synchronous, so that the text is out when the process ends, and an error is known here. */
function write(stream: Stream, text: string): void {
  // Node's stream knows the encoding of a Windows console; a terminal takes text synchronously (Node: A note on process I/O).
  if (isTerminal[stream]) {
    if (!isClosed[stream]) process[stream].write(text);
    return;
  }
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length && !isClosed[stream];) {
    try {
      written += writeSync(DESCRIPTORS[stream], bytes, written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER);
        continue;
      }
      isClosed[stream] = true;
      if (stream === 'stderr' || code === 'EPIPE') return;
      const reason = describeError(error);
      throw new StdoutError(ENDINGS.stdout(reason), { cause: error });
    }
  }
}

/** Counts two columns for each character beyond ASCII: some take that many. */
function fit(text: string, columns: number): string {
  let [width, start] = [0, ''];
  for (const character of text) {
    width += countCells(character);
    if (width > columns) return columns > countCells(ELLIPSIS) ? start + ELLIPSIS : '';
    if (width + countCells(ELLIPSIS) <= columns) start += character;
  }
  return text;
}

const countCells = (character: string): number => (character > '~' ? 2 : 1);
