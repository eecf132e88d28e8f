import { createHash } from 'node:crypto';

export const SUMS = 'SHA256SUMS';

export interface Sum {
  readonly path: string;
  readonly sha256: string;
}

/** Lines in the format of `sha256sum -c`. */
export const formatSums = (files: readonly Sum[]): string =>
  files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');

/** Also no backslash, control character or `:`: paths are used by `sha256sum -c`, in URLs and on Windows. */
export const isInside = (path: string): boolean =>
  /^[^\\:\p{Cc}]+$/u.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));

/** @returns entries, and numbers of invalid lines (from 1): paths outside the folder are invalid */
export function parseSums(text: string): {
  readonly sums: readonly Sum[];
  readonly badLines: readonly number[];
} {
  const sums: Sum[] = [];
  const badLines: number[] = [];
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    if (line === '' && i === lines.length - 1) continue;
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || !isInside(path)) badLines.push(i + 1);
    else sums.push({ path, sha256 });
  }
  return { sums, badLines };
}

export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
