import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Output {
  path: string;
  sha256: string;
  bytes: number;
  rows?: number;
}
export interface ManifestJson extends Record<string, unknown> {
  schemaVersion: number;
  outputs: Output[];
  run: { outputs: Output[] };
  counts: Record<string, number>;
}

/** Changes a report and recomputes its lists of files. */
export class TamperedReport {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }
  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} stays as it is`);
    this.write(path, after);
  }
  remove(path: string): void {
    rmSync(join(this.folder, path));
  }
  editManifest(change: (manifest: ManifestJson) => unknown): void {
    const manifest = JSON.parse(this.read('manifest.json')) as ManifestJson;
    const changed = change(manifest) ?? manifest;
    this.write('manifest.json', `${JSON.stringify(changed, null, 2)}\n`);
  }
  /** Lists the existing files, with sizes and row counts. */
  renewManifest(): void {
    this.editManifest((manifest) => {
      manifest.outputs = this.#files()
        .filter((path) => path !== 'manifest.json')
        .map((path) => {
          const rows = this.#rowsOf(path);
          return {
            path,
            sha256: this.#sha256Of(path),
            bytes: Buffer.byteLength(this.read(path)),
            ...(rows === undefined ? {} : { rows }),
          };
        });
    });
  }
  renewSums(): void {
    this.write(
      'SHA256SUMS',
      this.#files()
        .map((path) => `${this.#sha256Of(path)}  ${path}\n`)
        .join(''),
    );
  }

  #files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .filter((path) => path !== 'SHA256SUMS')
      .sort();
  }
  #sha256Of(path: string): string {
    return createHash('sha256')
      .update(readFileSync(join(this.folder, path)))
      .digest('hex');
  }
  #rowsOf(path: string): number | undefined {
    const text = this.read(path);
    if (path.endsWith('.csv')) return text.split('\r\n').length - 2;
    if (path.endsWith('.ndjson')) return text.split('\n').length - 1;
    if (!path.endsWith('.sarif')) return undefined;
    return (JSON.parse(text) as { runs: [{ results: unknown[] }] }).runs[0].results.length;
  }
}
