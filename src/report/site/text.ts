import { compareText } from '../../base/compare.js';
import { grouped } from '../../base/plural.js';
import type { UsedAction } from '../../review/types.js';

/** Maximum length of a cell: names can have 4 kB of hostile text. Data files have them in full. */
const MAX_TEXT = 300;

export const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
/** `2026-07-01T09:30:00Z` as `2026-07-01 09:30`. */
export const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');
/** Share in percent with one digit, or a dash if undefined; 100 only if complete, 0 only if none. */
export const percent = (part: number, whole: number): string =>
  whole <= 0
    ? '–'
    : part > 0 && part / whole < 0.001
      ? '<0.1%'
      : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)}%`;
/** Actions with the most calls, as text. */
export const busiest = (actions: readonly UsedAction[], most = 6): string =>
  joined(
    actions
      .toSorted((a, b) => b.count - a.count || compareText(a.action, b.action))
      .map(({ action, count }) => `${action} (${grouped(count)})`),
    most,
  );
/** A few items as text, shortened to fit a cell. */
export const joined = (items: readonly string[], most = 8): string =>
  items.slice(0, most).join(', ') + (items.length > most ? ` and ${items.length - most} more` : '');
