import { at } from '../../../base/checked.js';
import { grouped } from '../../../base/plural.js';
import type { Period } from '../../../period.js';
import type { WeekReview } from '../../../review/types.js';
import { mondayOfWeek, weekNumber } from '../../../base/time.js';
import { column, renderTable } from '../table.js';
import { template } from '../templates.js';
import { ROOT } from './root.js';
import { COLUMNS } from '../../../wording/page-columns.js';
import { PRINCIPAL_TABLES } from '../../../wording/page-tables.js';
import { PRINCIPAL_TEXTS } from '../../../wording/pages.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const fillTimeline = template('principal/timeline');

/** Maximum number of bars: weeks of a long period are combined. */
const MAX_BARS = 60;
const [WIDTH, HEIGHT] = [640, 56];

interface Bar extends WeekReview {
  /** Number of weeks in the bar. */
  readonly weeks: number;
}

/** Every week of the period, with its calls, including weeks without calls. */
function bars(weeks: readonly WeekReview[], period: Period): Bar[] {
  const found = new Map(weeks.map((week) => [week.week, week]));
  const from = weekNumber(Date.parse(period.start) / 1000);
  const count = weekNumber(Date.parse(period.end) / 1000 - 1) - from + 1;
  const step = Math.max(1, Math.ceil(count / MAX_BARS));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => {
    const bar = { week: mondayOfWeek(from + i * step), weeks: step, succeeded: 0, denied: 0, failed: 0 };
    for (let n = 0; n < step; n += 1) {
      const week = found.get(mondayOfWeek(from + i * step + n));
      if (week === undefined) continue;
      bar.succeeded += week.succeeded;
      bar.denied += week.denied;
      bar.failed += week.failed;
    }
    return bar;
  });
}

/** Calls per week: succeeded below, denied and failed on top; '' without calls. */
export function timelineSection(p: DescribedPrincipal, period: Period): string {
  if (p.weeks.length === 0) return '';
  const all = bars(p.weeks, period);
  const total = (bar: Bar): number => bar.succeeded + bar.denied + bar.failed;
  const most = Math.max(1, ...all.map(total));
  const step = WIDTH / all.length;
  // The square root keeps a week with one call visible beside one with thousands.
  const height = (calls: number): number =>
    calls === 0 ? 0 : Math.max(2, Math.round(HEIGHT * Math.sqrt(calls / most)));
  const active = all.filter((bar) => total(bar) > 0);
  return fillTimeline({
    root: ROOT,
    width: WIDTH,
    height: HEIGHT + 18,
    base: HEIGHT,
    axis: HEIGHT + 14,
    bars: active.map((bar) => {
      const whole = height(total(bar));
      const bad = Math.round((whole * (bar.denied + bar.failed)) / total(bar));
      const x = Math.round(all.indexOf(bar) * step * 10) / 10;
      return {
        x,
        width: Math.max(1, Math.round((step - 2) * 10) / 10),
        y: HEIGHT - whole + bad,
        good: whole - bad,
        badY: HEIGHT - whole,
        bad,
      };
    }),
    first: at(all, 0).week,
    last: all.at(-1)?.week,
    grouping: PRINCIPAL_TEXTS.weeks(at(all, 0).weeks),
    active: grouped(active.length),
    all: grouped(all.length),
    tableHtml: renderTable(ROOT, {
      ...PRINCIPAL_TABLES.weeks,
      anchor: 'lists',
      bare: true,
      columns: [
        column(COLUMNS.weekFromMonday, 'word'),
        column(COLUMNS.succeeded, 'number'),
        column(COLUMNS.denied, 'number'),
        column(COLUMNS.failed, 'number'),
      ],
      rows: active.map((bar) => [bar.week, bar.succeeded, bar.denied, bar.failed]),
    }),
  });
}
