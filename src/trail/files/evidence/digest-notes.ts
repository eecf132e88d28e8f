import { groupBy } from '../../../base/group-by.js';
import type { DigestProblem } from '../../digests/proof.js';
import type { TrailNotes } from '../../types.js';
import type { UnreadDigest } from '../read/read-digests.js';

const MAX_NAMED = 20;

const STATES = {
  missing: 'missing',
  changed: 'not as CloudTrail delivered it',
};

/** What digest files tell of files that are missing or changed: these may hold the use of anything in their account. */
export function digestNotes(
  problems: readonly DigestProblem[],
  unread: readonly UnreadDigest[],
): Pick<TrailNotes, 'warnings' | 'incomplete'> {
  const sentences = [
    ...problems.map(({ object, kind, state }) => `${object}: this ${kind} is ${STATES[state]}`),
    ...unread.map(({ path, reason }) => `${path}: this digest file was not read: ${reason}`),
  ].sort();
  const gaps = [
    ...problems.map(({ accountId, kind, state }) => ({ accountId, reason: `${kind}s ${STATES[state]}` })),
    ...unread.map(({ accountId }) => ({ accountId, reason: 'digest files not readable' })),
  ];
  return {
    warnings: [
      ...sentences.slice(0, MAX_NAMED),
      ...(sentences.length > MAX_NAMED
        ? [`${sentences.length - MAX_NAMED} more files that digest files list are missing or changed`]
        : []),
    ],
    incomplete: [
      ...groupBy(gaps, ({ accountId, reason }) => `${accountId ?? ''} ${reason}`).values(),
    ].flatMap(([gap, ...others]) =>
      gap === undefined ? [] : [{ ...gap, reason: `${gap.reason}: ${others.length + 1}` }],
    ),
  };
}
