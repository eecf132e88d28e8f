/**
 * The line (from 1) on which a key or list item of a block-style YAML text stands: each part of the path is looked for
 * below the one before. For flow style (`{a: 1}`) it is the line of the last part that was found.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const lines = text.split('\n');
  let at = 0;
  let found = 0;
  for (const part of path) {
    let next = -1;
    if (typeof part === 'number') {
      let item = -1;
      const indent =
        lines
          .slice(at)
          .find((line) => /^\s*-(\s|$)/.test(line))
          ?.search(/\S/) ?? 0;
      next = lines.findIndex(
        (line, i) =>
          i >= at && /^\s*-(\s|$)/.test(line) && line.search(/\S/) === indent && (item += 1) === part,
      );
    } else {
      const key = String(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const pattern = new RegExp(`(^|[\\s{,-])["']?${key}["']?\\s*:`);
      next = lines.findIndex((line, i) => i >= at && !/^\s*#/.test(line) && pattern.test(line));
    }
    if (next === -1) break;
    at = next;
    found = next;
  }
  return found + 1;
}
