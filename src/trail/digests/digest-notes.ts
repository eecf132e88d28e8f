import { groupBy } from '../../base/maps.js';
import type { DigestProblem } from './proof.js';
import type { TrailNotes } from '../types.js';
import type { UnreadDigest } from './read-digests.js';
import { FILE_WARNINGS, INCOMPLETE_FILES } from '../../wording/log-files.js';

const MAX_NAMED = 20;

/** A file that CloudTrail delivered, and that is missing or changed, may hold the use of anything in its account. */
export function digestNotes(
  problems: readonly DigestProblem[],
  unread: readonly UnreadDigest[],
): Pick<TrailNotes, 'warnings' | 'incomplete'> {
  const sentences = [
    ...problems.map(({ object, kind, state }) => FILE_WARNINGS.undelivered(object, kind, state)),
    ...unread.map(({ path, reason }) => FILE_WARNINGS.digestNotRead(path, reason)),
  ].sort();
  const more = sentences.length - MAX_NAMED;
  const byReason = groupBy(problems, ({ accountId, kind, state }) => `${accountId} ${kind} ${state}`);
  const unreadOf = groupBy(unread, ({ accountId }) => accountId ?? '');
  return {
    warnings: [...sentences.slice(0, MAX_NAMED), ...(more > 0 ? [FILE_WARNINGS.moreUndelivered(more)] : [])],
    incomplete: [
      ...[...byReason.values()].flatMap((same) => {
        const [first] = same;
        return first === undefined
          ? []
          : [
              {
                accountId: first.accountId,
                reason: INCOMPLETE_FILES.undelivered(same.length, first.kind, first.state),
              },
            ];
      }),
      ...[...unreadOf].map(([accountId, files]) => ({
        accountId: accountId === '' ? null : accountId,
        reason: INCOMPLETE_FILES.digestsNotRead(files.length),
      })),
    ],
  };
}
