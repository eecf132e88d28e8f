import type { FailedFile } from '../decode/file-reader.js';
import { compareText } from '../../aggregate.js';
import type { TrailNotes } from '../../types.js';

export interface FailedFileNote extends Pick<FailedFile, 'source'> {
  /** Name in the store. */
  readonly path: string;
  readonly reason: string;
}

export interface DamagedFileNote {
  readonly path: string;
  readonly lines: number;
}

const MAX_NAMED = 20;

/** The notes on the files of a folder. */
export function buildNotes(given: {
  readonly accountIds: readonly string[];
  readonly failed: readonly FailedFileNote[];
  readonly damaged: readonly DamagedFileNote[];
  readonly malformed: number;
  readonly counts: Readonly<Record<string, number>>;
}): Omit<TrailNotes, 'logFiles'> {
  const { accountIds, malformed, counts } = given;
  const failed = given.failed.toSorted((a, b) => compareText(a.path, b.path));
  const damaged = given.damaged.toSorted((a, b) => compareText(a.path, b.path));
  return {
    engine: { kind: 'files', label: 'CloudTrail log files' },
    // Damaged bytes stay damaged, but what could not be opened may be opened next time.
    retryable: failed.some(({ source }) => source === undefined),
    warnings: [
      ...failed.slice(0, MAX_NAMED).map(({ path, reason }) => `${path} was not read: ${reason}`),
      ...(failed.length > MAX_NAMED ? [`${failed.length - MAX_NAMED} more files were not read`] : []),
      ...damaged
        .slice(0, MAX_NAMED)
        .map(
          ({ path, lines }) =>
            `${path} was not read whole: ${lines} ${lines === 1 ? 'line is' : 'lines are'} not JSON`,
        ),
      ...(damaged.length > MAX_NAMED ? [`${damaged.length - MAX_NAMED} more files were not read whole`] : []),
      ...(malformed > 0 ? [`${malformed} records or lines are malformed and were left out`] : []),
    ].sort(),
    counts,
    incomplete: [
      ...gaps(failed, 'could not be read', accountIds),
      ...gaps(damaged, 'could not be read whole', accountIds),
    ],
  };
}

/** A file that was not read may hold the use of anything in its account, which AWS names in the file's path. */
function gaps(
  files: readonly { readonly path: string }[],
  what: string,
  accountIds: readonly string[],
): TrailNotes['incomplete'] {
  const byAccount = new Map<string | null, number>();
  for (const { path } of files) {
    const named = [...path.matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([id]) => id);
    const account = accountIds.find((id) => named.includes(id)) ?? null;
    if (account === null && named.length > 0) continue;
    byAccount.set(account, (byAccount.get(account) ?? 0) + 1);
  }
  return [...byAccount]
    .map(([accountId, count]) => ({
      accountId,
      reason: `${count} log ${count === 1 ? 'file' : 'files'} ${what}`,
    }))
    .sort((a, b) => compareText(a.accountId ?? '', b.accountId ?? ''));
}
