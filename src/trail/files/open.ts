import { relative } from 'node:path';
import type { FilesConfig } from '../../config/types.js';
import { compareText } from '../aggregate.js';
import { LOOKBACK_HOURS, joinSessions } from '../sessions.js';
import { hoursBefore } from '../time.js';
import type { TrailNotes, TrailRequest, TrailSource } from '../types.js';
import { Collector, Lane } from './collect.js';
import { listLogFiles } from './list.js';
import { readFiles } from './pool.js';

const MAX_NAMED = 20;

/**
 * The embedded engine: reads every file of a folder once, for all questions.
 * @throws TrailError when the folder is missing or holds no log file
 */
export async function openFilesTrail(config: FilesConfig, request: TrailRequest): Promise<TrailSource> {
  const { files, unreadable } = await listLogFiles(config.path);
  const { period, accountIds } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds };
  const collector = new Collector(scope);
  const lanes: Lane[] = [];
  const damaged: { readonly path: string; readonly lines: number }[] = [];
  const failed: { readonly path: string; readonly reason: string }[] = unreadable.map((path) => ({
    path,
    reason: 'cannot be read',
  }));
  let done = 0;
  await readFiles(files, request.concurrency, (result, reader) => {
    done += 1;
    if (result.ok) {
      const known = result.anew ? undefined : lanes[reader];
      const lane = (lanes[reader] = known ?? new Lane(collector));
      lane.learn(result.dictionary);
      lane.add(result.digest);
      if (result.digest.damaged > 0) damaged.push({ path: result.path, lines: result.digest.damaged });
    } else {
      failed.push(result);
    }
    if (done % 20 === 0 || done === files.length) {
      request.onProgress?.(`read ${done} of ${files.length} files, ${collector.events} events`);
    }
  });
  failed.sort((a, b) => compareText(a.path, b.path));
  damaged.sort((a, b) => compareText(a.path, b.path));
  const notes: TrailNotes = {
    engine: 'files',
    warnings: [
      ...failed
        .slice(0, MAX_NAMED)
        .map(({ path, reason }) => `${relative(config.path, path)} was not read: ${reason}`),
      ...(failed.length > MAX_NAMED ? [`${failed.length - MAX_NAMED} more files were not read`] : []),
      ...damaged
        .slice(0, MAX_NAMED)
        .map(
          ({ path, lines }) =>
            `${relative(config.path, path)} was not read whole: ${lines} ${lines === 1 ? 'line is' : 'lines are'} not JSON`,
        ),
      ...(damaged.length > MAX_NAMED ? [`${damaged.length - MAX_NAMED} more files were not read whole`] : []),
      ...(collector.malformed > 0
        ? [`${collector.malformed} records or lines are malformed and were left out`]
        : []),
    ].sort(),
    counts: {
      ...collector.counts(),
      filesRead: files.length - failed.length + unreadable.length,
      filesFailed: failed.length,
    },
    incomplete: [
      ...gaps(failed, 'could not be read', accountIds, config.path),
      ...gaps(damaged, 'could not be read whole', accountIds, config.path),
    ],
  };
  const assumptions = await joinSessions(collector.starts, collector.tables.sessionActivity(), period);
  return {
    coverage: () => Promise.resolve(collector.coverage(accountIds, period)),
    activity: () => stream(collector.tables.activity()),
    assumptions: () => stream(assumptions),
    people: () => stream(collector.tables.people()),
    resources: () => stream(collector.tables.resources()),
    notes: () => notes,
    close: () => Promise.resolve(),
  };
}

/** A file that was not read may hold the use of anything in its account: AWS names the account in the file's path. */
function gaps(
  files: readonly { readonly path: string }[],
  what: string,
  accountIds: readonly string[],
  root: string,
): TrailNotes['incomplete'] {
  const byAccount = new Map<string | null, number>();
  for (const { path } of files) {
    const named = [...relative(root, path).matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([id]) => id);
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

// eslint-disable-next-line @typescript-eslint/require-await -- the interface streams; this engine has it all in memory
async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
