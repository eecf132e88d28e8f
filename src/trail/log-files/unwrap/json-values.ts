import { tryParseJson } from '../../../base/json.js';

/** A JSON value in a text, or the position of an invalid part. */
export type Piece = { readonly value: unknown } | { readonly badAt: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

/** White space, commas between values, and the record separator of RFC 7464. */
const BETWEEN = /[\s,\u001e]*/y;
/**
 * CloudWatch Logs and syslog write a time and names before the event (CloudWatch Logs User Guide: Export log data
 * to Amazon S3).
 */
const PREFIX = /[^\s{}[\]",][^{}[\]"\n]{0,200}(?=\{)/y;
/** Values start at the beginning of a line; lines inside a value are indented, close it, or are members. */
const NEXT_LINE = /\n(?=[^\s\]}"])/g;

/**
 * JSON values in a text that is not a single value: one per line, or consecutive with or without space between
 * them, indented or not. Invalid parts are skipped up to the next line that can start a value.
 */
export function* jsonValues(text: string): Generator<Piece> {
  // Each failed search for the end of a value can read the rest of the text.
  let budget = 4 * text.length;
  for (let at = match(BETWEEN, text, 0); at < text.length; at = match(BETWEEN, text, at)) {
    const lineEnd = indexOrEnd(text.indexOf('\n', at), text);
    const start = match(PREFIX, text, at);
    const isWhole = OPEN.has(text.charCodeAt(start));
    const end = isWhole ? endOf(text, start, budget > 0) : lineEnd;
    const value = end === -1 ? undefined : tryParseJson(text.slice(start, end));
    // After other text on its line, only a value that ends with the line is unambiguous.
    if (value !== undefined && (start === at || match(BETWEEN, text, end) >= lineEnd)) {
      yield { value };
      at = end;
      continue;
    }
    yield { badAt: at };
    if (isWhole) budget -= (end === -1 ? text.length : end) - start;
    NEXT_LINE.lastIndex = at;
    at = indexOrEnd(NEXT_LINE.exec(text)?.index ?? -1, text);
  }
}

/** @returns the position after a match, or the same position */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const indexOrEnd = (index: number, text: string): number => (index === -1 ? text.length : index);

/**
 * @param start position of an opening bracket
 * @param acrossLines whether a line that starts with `{` can be inside the value
 * @returns position after the closing bracket, -1 for none
 */
function endOf(text: string, start: number, acrossLines: boolean): number {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inText = false;
      else if (code === NEWLINE) return -1;
    } else if (code === QUOTE) inText = true;
    else if (OPEN.has(code)) depth += 1;
    else if (CLOSE.has(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (code === NEWLINE && !acrossLines && text[at + 1] === '{') return -1;
  }
  return -1;
}
