import type { OutputFile, OutputFolder } from './types.js';

const CHUNK = 1 << 16;

/** A file of rows: counts them and writes them in larger pieces. */
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

  /** @param line with its line end */
  async add(line: string): Promise<void> {
    this.#rows += 1;
    this.#buffer += line;
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
