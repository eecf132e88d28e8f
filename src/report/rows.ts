import type { OutputFile, OutputFolder } from './types.js';

const CHUNK = 1 << 16;

/** A file of rows: counts them and writes them in chunks. */
export class RowFile {
  #buffer = '';
  #rows = 0;
  readonly #file: OutputFile;

  private constructor(file: OutputFile) {
    this.#file = file;
  }

  /** @param header first line with its line end, not counted as a row */
  static async open(out: OutputFolder, path: string, header = ''): Promise<RowFile> {
    const rows = new RowFile(await out.open(path));
    rows.#buffer = header;
    return rows;
  }

  /** @param lines with line ends @param rows number of lines */
  async add(lines: string, rows = 1): Promise<void> {
    this.#rows += rows;
    this.#buffer += lines;
    if (this.#buffer.length < CHUNK) return;
    const text = this.#buffer;
    this.#buffer = '';
    await this.#file.write(text);
  }

  async close(): Promise<void> {
    await this.#file.write(this.#buffer);
    await this.#file.close(this.#rows);
  }
}
