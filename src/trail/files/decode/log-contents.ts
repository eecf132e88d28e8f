import { parseJson } from '../../../base/json.js';

/** The contents of a log file, whatever wraps the records. */
export interface LogContents {
  readonly records: readonly unknown[];
  /** Lines or entries that are not JSON. */
  readonly malformed: number;
  /** Digest files hold no records. */
  readonly isDigestFile: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Finds the records in the text of a log file: `{"Records": […]}`, a JSON array, one record a line, or the output of
 * `aws cloudtrail lookup-events` (CloudTrail User Guide: CloudTrail log file examples).
 * @throws SyntaxError when no line of the text is JSON
 */
export function parseLog(text: string): LogContents {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (clean.trim() === '') return { records: [], malformed: 0, isDigestFile: false };
  let whole: unknown;
  try {
    whole = JSON.parse(clean);
  } catch (error) {
    return fromLines(clean, error);
  }
  return unwrap(whole);
}

function unwrap(value: unknown): LogContents {
  if (Array.isArray(value)) return gather(value.map(unwrapOne));
  if (isObject(value)) {
    if (Array.isArray(value.Records)) return { records: value.Records, malformed: 0, isDigestFile: false };
    if (Array.isArray(value.Events)) return gather(value.Events.map(unwrapOne));
    if ('digestStartTime' in value) return { records: [], malformed: 0, isDigestFile: true };
  }
  return gather([unwrapOne(value)]);
}

/** A record, or an event of lookup-events that holds the record as a string. */
function unwrapOne(value: unknown): { record: unknown } | null {
  if (!isObject(value) || typeof value.CloudTrailEvent !== 'string') return { record: value };
  try {
    return { record: parseJson(value.CloudTrailEvent) };
  } catch {
    return null;
  }
}

function gather(results: readonly ({ record: unknown } | null)[]): LogContents {
  const records = results.flatMap((result) => (result === null ? [] : [result.record]));
  return { records, malformed: results.length - records.length, isDigestFile: false };
}

function fromLines(text: string, cause: unknown): LogContents {
  const records: unknown[] = [];
  let malformed = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      const contents = unwrap(JSON.parse(line));
      for (const record of contents.records) records.push(record);
      malformed += contents.malformed;
    } catch {
      malformed += 1;
    }
  }
  // Single lines of a damaged indented file may be JSON by chance: only records make it a file of lines.
  if (!records.some((record) => isObject(record) && ('eventName' in record || 'insightDetails' in record)))
    throw cause;
  return { records, malformed, isDigestFile: false };
}
