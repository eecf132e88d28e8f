import type { OtherKind } from './record.js';
import { entriesOf } from './unwrap/entries.js';
import { jsonValues, type Piece } from './unwrap/json-values.js';
import type { Entry } from './unwrap/standard-record.js';
import { FILE_REASONS } from '../../wording/log-files.js';

/** Counts of a file, by their names in the notes of a trail. */
export type FileCounts = Record<
  'recordsRead' | 'insightRecords' | 'aggregatedRecords' | 'malformedRecords' | 'digestFiles',
  number
> &
  Partial<Record<OtherKind, number>>;

/** The contents of a log file, without its envelope. */
export interface LogContents {
  /** In CloudTrail's format. */
  readonly records: readonly unknown[];
  /** Counts of other contents. */
  readonly counts: Readonly<Partial<FileCounts>>;
  /** Number of lines that are not JSON, and of entries that could not be understood. */
  readonly leftOut: number;
  /** What could not be understood, for messages. */
  readonly problem: string | null;
}

/** Contents of a file that has only records in CloudTrail's format. */
export const contentsOfRecords = (records: readonly unknown[]): LogContents => ({
  records,
  counts: {},
  leftOut: 0,
  problem: null,
});

/** Valid JSON without anything from CloudTrail. */
export class NoRecordsError extends Error {
  override name = 'NoRecordsError';

  /** @param isText there are only numbers and words, which are JSON by chance */
  constructor(
    message: string,
    readonly isText: boolean,
  ) {
    super(message);
  }
}

/**
 * Finds the records in the text of a log file: docs/configuration.md lists the supported formats.
 * @throws SyntaxError for text without JSON, NoRecordsError for JSON without records
 */
export function parseLog(text: string): LogContents {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const gathered = new Gathered();
  for (const piece of piecesOf(clean)) {
    if ('badAt' in piece) gathered.addLine(clean, piece.badAt);
    else gathered.addValue(piece.value);
  }
  return gathered.contents();
}

/** Nearly every file is one value, which JSON.parse reads fastest. */
function* piecesOf(text: string): Generator<Piece> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield* jsonValues(text);
    return;
  }
  yield { value };
}

class Gathered {
  readonly #records: unknown[] = [];
  readonly #counts: Partial<FileCounts> = {};
  #entries = 0;
  #lines = 0;
  #firstLine = '';
  #odd = 0;
  #foreign = 0;
  #firstOdd = '';
  #isText = true;

  addValue(value: unknown): void {
    if (typeof value === 'object' && value !== null) this.#isText = false;
    for (const entry of entriesOf(value)) this.#add(entry);
  }

  #add({ record, other, odd, isForeign }: Entry): void {
    if (other !== 'digestFiles' && other !== 'configFiles') this.#entries += 1;
    if (record !== undefined) this.#records.push(record);
    if (other !== undefined) this.#counts[other] = (this.#counts[other] ?? 0) + 1;
    if (odd === undefined) return;
    if (this.#odd === 0) this.#firstOdd = FILE_REASONS.record(this.#entries, odd);
    this.#odd += 1;
    if (isForeign === true) this.#foreign += 1;
  }

  addLine(text: string, at: number): void {
    if (this.#lines === 0) this.#firstLine = FILE_REASONS.line(text.slice(0, at).split('\n').length);
    this.#lines += 1;
  }

  contents(): LogContents {
    const isEmpty = this.#entries === 0 && Object.keys(this.#counts).length === 0;
    if (isEmpty && this.#lines > 0) throw new SyntaxError(FILE_REASONS.notJson);
    if (this.#entries > 0 && this.#foreign === this.#entries)
      throw new NoRecordsError(FILE_REASONS.noRecords(this.#entries, this.#firstOdd), this.#isText);
    const leftOut = this.#lines + this.#odd;
    return {
      records: this.#records,
      counts: { ...this.#counts, recordsRead: this.#entries },
      leftOut,
      problem: leftOut === 0 ? null : [...this.#describeLines(), ...this.#describeOdd()].join('; '),
    };
  }

  #describeLines(): string[] {
    return this.#lines === 0 ? [] : [FILE_REASONS.lines(this.#lines, this.#firstLine)];
  }

  #describeOdd(): string[] {
    return this.#odd === 0 ? [] : [FILE_REASONS.records(this.#odd, this.#entries, this.#firstOdd)];
  }
}
