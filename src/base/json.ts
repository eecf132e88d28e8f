const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** JSON.parse takes 70 bytes of memory per level, and a gzip file of 1 MB can have 200 million levels. */
const MAX_DEPTH = 1_000_000;

/** Reason why text is not valid JSON; the caller puts the file name before it. */
export class JsonError extends Error {
  override name = 'JsonError';
}

/** JSON.parse for untrusted text. @throws JsonError */
export function parseJson(text: string): unknown {
  try {
    // Shorter text cannot be nested more deeply.
    if (text.length > MAX_DEPTH) checkDepth(Buffer.from(text));
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof RangeError) throw new JsonError('is nested too deeply');
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new JsonError(`is not JSON (${describePlace(text, Number(position ?? text.length))})`);
  }
}

/** @returns undefined if the text is not JSON */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function describePlace(text: string, position: number): string {
  let [line, start] = [1, 0];
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1))
    [line, start] = [line + 1, at + 1];
  return `line ${line}, column ${position - start + 1}`;
}

/**
 * Checks that text, JSON or not, is safe for JSON.parse, as a whole or line by line.
 * @throws RangeError if nested more than a million levels
 */
export function checkDepth(bytes: Uint8Array): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) inText = !inText;
    else if (inText) {
      if (byte === BACKSLASH) at += 1;
      // A string ends with its line at the latest: an earlier line is damaged.
      else if (byte < 0x20) inText = false;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  }
}
