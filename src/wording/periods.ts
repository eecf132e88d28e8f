import type { Period } from '../period.js';
import type { LogDays } from '../review/recording/days.js';

/** In whole days, both included. */
export const fromTo = ({ start, end }: Period): string =>
  `from ${start.slice(0, 10)} to ${new Date(Date.parse(end) - 1000).toISOString().slice(0, 10)}`;

/** `events on 20 of 92 days, on 3 of 7 in the first week`. Digest files prove that days have no events. */
export function eventsOnDays({ withEvents, covered, all, firstWeek, lastWeek }: LogDays): string {
  const weeks = [
    [firstWeek, 'first'],
    [lastWeek, 'last'],
  ] as const;
  const short = weeks
    .filter(([week]) => week.covered < week.all)
    .map(([week, which]) => `, on ${week.covered} of ${week.all} in the ${which} week`);
  const without = covered - withEvents;
  const proven = without === 0 ? '' : ` and proof of no events on ${without} more`;
  return `events on ${withEvents} of ${all} days${proven}${short.join('')}`;
}
