import { groupBy } from '../../base/maps.js';
import { plural } from '../../base/plural.js';
import type { DigestProblem } from './proof.js';
import type { TrailNotes } from '../types.js';
import type { UnreadDigest } from './read-digests.js';

const MAX_NAMED = 20;

/** A file that CloudTrail delivered, and that is missing or changed, may hold the use of anything in its account. */
export function digestNotes(
  problems: readonly DigestProblem[],
  unread: readonly UnreadDigest[],
): Pick<TrailNotes, 'warnings' | 'incomplete'> {
  const sentences = [
    ...problems.map(
      ({ object, kind, state }) =>
        `${object}: this ${kind} is ${state === 'missing' ? 'missing' : 'not as CloudTrail delivered it'}`,
    ),
    ...unread.map(({ path, reason }) => `${path}: this digest file was not read: ${reason}`),
  ].sort();
  const more = sentences.length - MAX_NAMED;
  const byReason = groupBy(problems, ({ accountId, kind, state }) => `${accountId} ${kind} ${state}`);
  const unreadOf = groupBy(unread, ({ accountId }) => accountId ?? '');
  return {
    warnings: [
      ...sentences.slice(0, MAX_NAMED),
      ...(more > 0 ? [`${plural(more, 'more file')} that CloudTrail delivered`] : []),
    ],
    incomplete: [
      ...[...byReason.values()].flatMap((same) => {
        const [first] = same;
        return first === undefined
          ? []
          : [{ accountId: first.accountId, reason: reasonFor(first, same.length) }];
      }),
      ...[...unreadOf].map(([accountId, files]) => ({
        accountId: accountId === '' ? null : accountId,
        reason: `${plural(files.length, 'digest file')} could not be read`,
      })),
    ],
  };
}

function reasonFor({ kind, state }: DigestProblem, count: number): string {
  const verb = count === 1 ? 'is' : 'are';
  const files = plural(count, kind);
  if (state === 'changed')
    return `${files} ${verb} not as CloudTrail delivered ${count === 1 ? 'it' : 'them'}`;
  return kind === 'log file'
    ? `${files} that CloudTrail delivered ${verb} missing`
    : `${files} ${verb} missing`;
}
