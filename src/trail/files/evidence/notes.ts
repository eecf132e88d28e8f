import { compareBy } from '../../../base/compare.js';
import type { TrailNotes } from '../../types.js';
import { deliveredFor } from '../../log-files/delivery-name.js';
import { describeSkipped, type ExtensionCounts } from '../../log-files/log-name.js';
import type { FailedFile } from '../../log-files/read.js';
import { increment } from '../../../base/maps.js';
import { FILE_WARNINGS, INCOMPLETE_FILES, LOG_FILES } from '../../../wording/log-files.js';

/** A file that was not read, or only in part. */
export interface FileNote extends Pick<FailedFile, 'source'> {
  /** Name in the store. */
  readonly path: string;
  readonly reason: string;
}

const MAX_NAMED = 20;

/** Notes about the files of a folder. */
export function buildNotes(given: {
  readonly accountIds: readonly string[];
  readonly failed: readonly FileNote[];
  readonly damaged: readonly FileNote[];
  readonly skipped: ExtensionCounts;
  readonly counts: Readonly<Record<string, number>>;
}): Omit<TrailNotes, 'logFiles'> {
  const { accountIds, failed, damaged, skipped, counts } = given;
  return {
    engine: { kind: 'files', label: LOG_FILES },
    // Damaged bytes stay damaged, but a file that could not be opened may be readable next time.
    retryable: failed.some(({ source }) => source === undefined),
    warnings: [...named(failed, 'failed'), ...named(damaged, 'damaged'), ...describeSkipped(skipped)].sort(),
    counts,
    incomplete: [...gaps(failed, 'failed', accountIds), ...gaps(damaged, 'damaged', accountIds)],
  };
}

function named(files: readonly FileNote[], state: 'failed' | 'damaged'): string[] {
  const first = files.toSorted(compareBy(({ path }) => path)).slice(0, MAX_NAMED);
  return [
    ...first.map(({ path, reason }) => FILE_WARNINGS.notRead(path, state, reason)),
    ...(files.length > MAX_NAMED ? [FILE_WARNINGS.moreNotRead(files.length - MAX_NAMED, state)] : []),
  ];
}

/** An unread file may contain the use of any action in its account. */
function gaps(
  files: readonly FileNote[],
  state: 'failed' | 'damaged',
  accountIds: readonly string[],
): TrailNotes['incomplete'] {
  const byAccount = new Map<string | null, number>();
  for (const { path } of files) {
    const account = deliveredFor(path);
    if (account !== null && !accountIds.includes(account)) continue;
    increment(byAccount, account);
  }
  return [...byAccount]
    .map(([accountId, count]) => ({
      accountId,
      reason: INCOMPLETE_FILES.notRead(count, state),
    }))
    .sort(compareBy(({ accountId }) => accountId ?? ''));
}
