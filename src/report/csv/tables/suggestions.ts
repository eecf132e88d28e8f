import type { ReviewHead } from '../../../review/types.js';
import { policyFiles, type PolicyFile } from '../../policies/files.js';
import { otherForm } from '../../../wording/suggestions.js';
import { principalTable } from './principal-table.js';
import { WHO, type Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** One change; a replacing policy has its file. */
interface Row {
  readonly p: DescribedPrincipal;
  readonly head: ReviewHead;
  readonly actionsRemoved: number | null;
  readonly file: PolicyFile | null;
  readonly kind: string | null;
  readonly target: string | null;
  readonly sentence: string | null;
}

const columns: readonly Column<Row>[] = [
  ['review_id', 'review, for example 2026-Q3', ({ head }) => head.id],
  ...WHO,
  ['decision', 'suggestion: keep, reduce, remove or investigate', ({ p }) => p.suggestion.decision],
  ['reason', 'reason, as a sentence', ({ p }) => p.suggestion.reason],
  [
    'actions_removed',
    'number of granted actions that the change removes by itself',
    ({ actionsRemoved }) => actionsRemoved,
  ],
  ['variant', 'cautious, strict or observed', ({ file }) => file?.variant ?? null],
  ['policy_name', 'suggested policy name', ({ file }) => file?.policy.name ?? null],
  ['policy_size', 'characters without whitespace', ({ file }) => file?.policy.size ?? null],
  ['policy_file', 'policy file in this report', ({ file }) => file?.path ?? null],
  ['change', 'type of change', ({ kind }) => kind],
  ['target', 'policy, permission set, group or trusted principal to change', ({ target }) => target],
  ['sentence', 'what to do, and why', ({ sentence }) => sentence],
];

export const SUGGESTIONS = principalTable(
  'suggestions',
  'one row per suggested change, and per alternative policy',
  columns,
  suggestionRows,
);

/**
 * One row per suggested change. Policies that would replace today's are alternatives of one change: one row per
 * document. A decision other than `keep` without changes (investigate) has a row too.
 */
function suggestionRows(p: DescribedPrincipal, { head }: { readonly head: ReviewHead }): readonly Row[] {
  const { decision, changes } = p.suggestion;
  const documents = policyFiles(p);
  const replacing = changes.find(replacesAll);
  const single = changes.filter((change) => !replacesAll(change) || documents.length === 0);
  const rows = [
    ...documents.map((file) => ({
      ...{ p, head, file },
      actionsRemoved: actionsRemoved(p, file),
      kind: replacing?.kind ?? 'replace-policies',
      target: replacing?.target ?? null,
      sentence: file.variant === 'cautious' ? (replacing?.sentence ?? null) : otherForm(file.variant),
    })),
    ...single.map((change) => ({ ...change, p, head, file: null })),
  ];
  if (rows.length > 0 || decision === 'keep') return rows;
  const all = decision === 'remove' ? p.counts.granted : null;
  return [{ p, head, actionsRemoved: all, file: null, kind: null, target: null, sentence: null }];
}

/** The change that the suggested documents implement. */
const replacesAll = ({ kind }: DescribedPrincipal['suggestion']['changes'][number]): boolean =>
  kind === 'replace-policies' || kind === 'change-permission-set';

/** `strict` and `observed` retain used actions only. */
function actionsRemoved({ suggestion, counts }: DescribedPrincipal, file: PolicyFile): number {
  return file.variant === 'cautious' ? suggestion.actionsRemoved : counts.granted - counts.used;
}
