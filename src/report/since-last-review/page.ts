import { required, valueAt } from '../../base/checked.js';
import { principalPath } from '../paths.js';
import { getOrInsertComputed } from '../../base/maps.js';
import { grouped } from '../../base/plural.js';
import { joined, minute } from '../site/text.js';
import type { Comparison } from '../../review/since-last-review/comparison.js';
import type { ChangeSinceLast, DecisionOutcome } from '../../review/since-last-review/types.js';
import type { ReviewPage } from '../site/review-page.js';
import { column, renderTable, type Row } from '../site/table.js';
import { template } from '../site/templates.js';
import { OUTCOME_STATUS, OUTCOMES } from './outcomes.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { CHANGES_TABLES } from '../../wording/page-tables.js';
import { CHANGES_TEXTS, PAGE_TITLES, SECTION_LABELS } from '../../wording/pages.js';
import { OUTCOME_TITLES } from '../../wording/since-last-review.js';
import type { DescribedChange } from '../../wording/described.js';

const fillChanges = template('changes');

/** Maximum number of rows per table on the page; the CSV has all. */
const MAX_ROWS = 500;
const BUDGET = 90_000;

const CHANGES = ['new', 'changed', 'same', 'gone', 'not-reviewed'] as const;

/** Written by the writer of changes. */
export const CHANGES_PAGE: ReviewPage = {
  path: 'changes.html',
  content:
    'changes since the last review, and [the outcome of every decision](reviews.md#outcomes-of-decisions)',
  when: 'compared',
  label: SECTION_LABELS.changes,
  title: ({ previous }) => PAGE_TITLES.changes(required(previous, 'previous').id),
  body: null,
};

/** Collects the contents of changes.html: all counts, and the first rows of each table. */
export class ChangesPage {
  readonly #comparison: Comparison;
  readonly #outcomes = new Map<DecisionOutcome, { count: number; readonly rows: Row[] }>();
  readonly #changes = new Map<ChangeSinceLast, { count: number; readonly rows: Row[] }>();

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  add(one: DescribedChange): void {
    if (one.outcome !== null) addTo(this.#outcomes, one.outcome, () => outcomeRow(one));
    addTo(this.#changes, one.change, () => (one.change === 'changed' ? changedRow(one) : presenceRow(one)));
  }

  summary(): string {
    const counts = (
      lists: ReadonlyMap<string, { readonly count: number }>,
      keys: readonly string[],
    ): string =>
      keys
        .filter((key) => lists.has(key))
        .map((key) => `${valueAt(lists, key).count} ${key}`)
        .join(', ');
    const outcomes = counts(this.#outcomes, OUTCOMES);
    return CHANGES_TEXTS.summary(this.#comparison.previous.id, counts(this.#changes, CHANGES), outcomes);
  }

  /** The HTML inside the layout. */
  render(): string {
    const { previous, hasDecisions } = this.#comparison;
    const count = (change: ChangeSinceLast): number => this.#changes.get(change)?.count ?? 0;
    const then = count('changed') + count('same') + count('gone') + count('not-reviewed');
    return fillChanges({
      previous: { id: previous.id, start: minute(previous.period.start), end: minute(previous.period.end) },
      hasDecisions,
      counts: CHANGES.map((change) => ({ change, count: grouped(count(change)) })),
      then: grouped(then),
      difference: then === previous.principals.length ? null : grouped(previous.principals.length - then),
      outcomes: OUTCOMES.filter((outcome) => this.#outcomes.has(outcome)).map((outcome) => ({
        title: OUTCOME_TITLES[outcome],
        status: OUTCOME_STATUS[outcome],
        href: listed(outcome) ? `#${outcome}` : null,
        count: grouped(valueAt(this.#outcomes, outcome).count),
      })),
      outcomesHtml: OUTCOMES.filter(listed)
        .map((outcome) =>
          table(OUTCOME_TITLES[outcome], outcome, OUTCOME_COLUMNS, this.#outcomes.get(outcome)),
        )
        .join(''),
      changesHtml: [
        table(CHANGES_TABLES.new, 'new', PRESENCE_COLUMNS, this.#changes.get('new')),
        table(CHANGES_TABLES.changed, 'changed', CHANGED_COLUMNS, this.#changes.get('changed')),
        table(CHANGES_TABLES.gone, 'gone', PRESENCE_COLUMNS, this.#changes.get('gone')),
        table(
          CHANGES_TABLES['not-reviewed'],
          'not-reviewed',
          PRESENCE_COLUMNS,
          this.#changes.get('not-reviewed'),
        ),
      ].join(''),
    });
  }
}

/** Most principals are kept and used: their number is enough. */
const listed = (outcome: DecisionOutcome): boolean => outcome !== 'kept';

function addTo<K>(lists: Map<K, { count: number; readonly rows: Row[] }>, key: K, row: () => Row): void {
  const list = getOrInsertComputed(lists, key, () => ({ count: 0, rows: [] }));
  list.count += 1;
  if (list.rows.length < MAX_ROWS) list.rows.push(row());
}

const WHO_COLUMNS = [column(COLUMNS.name), column(COLUMNS.account), column(COLUMNS.type, 'word')];
const who = ({ principal, state }: DescribedChange): Row => [
  { text: principal.name, href: state === null ? undefined : principalPath(principal) },
  principal.accountName,
  principal.type,
];

const OUTCOME_COLUMNS = [
  ...WHO_COLUMNS,
  column(COLUMNS.decision, 'word'),
  column(COLUMNS.reviewer),
  column(COLUMNS.outcome, 'wide'),
];
const outcomeRow = (one: DescribedChange): Row => [
  ...who(one),
  one.decision?.decision ?? CHANGES_TEXTS.noDecision,
  one.decision?.reviewer ?? null,
  one.sentence,
];

const PRESENCE_COLUMNS = [
  ...WHO_COLUMNS,
  column(COLUMNS.actionsGrantedBefore, 'number'),
  column(COLUMNS.actionsGrantedNow, 'number'),
  column(COLUMNS.details, 'wide'),
];
const presenceRow = (one: DescribedChange): Row => [
  ...who(one),
  one.granted.before,
  one.granted.now,
  one.sentence,
];

const CHANGED_COLUMNS = [
  ...WHO_COLUMNS,
  column(COLUMNS.actionsAdded, 'number'),
  column(COLUMNS.addedByPolicy, 'wide'),
  column(COLUMNS.actionsRemoved, 'number'),
  column(COLUMNS.changes, 'wide'),
];
const changedRow = (one: DescribedChange): Row => [
  ...who(one),
  one.added.reduce((sum, { actions }) => sum + actions.length, 0),
  joined(
    one.added.map(({ policies, actions }) => CHANGES_TEXTS.addedBy(policies, joined(actions, 4))),
    4,
  ),
  one.removed.length,
  one.sentence,
];

function table(
  title: string,
  id: string,
  columns: readonly ReturnType<typeof column>[],
  list: { readonly count: number; readonly rows: readonly Row[] } | undefined,
): string {
  if (list === undefined) return '';
  return renderTable('', {
    ...{ title, id, columns, rows: list.rows, anchor: 'changes', budget: BUDGET, more: 'csv/changes.csv' },
    ...(list.rows.length < list.count ? { note: CHANGES_TABLES.some(grouped(list.count)) } : {}),
  });
}
