import { accountPath } from '../paths.js';
import { grouped } from '../../base/plural.js';
import { joined } from './text.js';
import type { Decision } from '../../review/types.js';
import { column, type Link, type Table } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TABLES } from '../../wording/page-tables.js';
import { INDEX_TEXTS } from '../../wording/pages.js';
import { eventKindTitle, RECORDING_VERDICTS } from '../../wording/recording.js';
import type { DescribedAccount } from '../../wording/described.js';

export const DECISIONS: readonly Decision[] = ['keep', 'reduce', 'remove', 'investigate'];

const link = (a: DescribedAccount): Link => ({ text: a.name, href: accountPath(a.id) });

/** Beside the chart, for the accounts in it. */
export const grantsTable = (accounts: readonly DescribedAccount[]): Table => ({
  ...INDEX_TABLES.grants,
  anchor: 'granted',
  sub: true,
  columns: [
    column(COLUMNS.account),
    column(COLUMNS.used, 'number'),
    column(COLUMNS.granted, 'number'),
    column(COLUMNS.shareUsed, 'share'),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.counts.used,
    a.counts.granted,
    { used: a.counts.used, of: a.counts.granted },
  ]),
});

export const decisionsTable = (accounts: readonly DescribedAccount[]): Table => ({
  ...INDEX_TABLES.accounts,
  id: 'accounts',
  anchor: 'suggestions',
  filter: accounts.length > 10,
  columns: [
    column(COLUMNS.account),
    ...[
      COLUMNS.users,
      COLUMNS.roles,
      COLUMNS.inactive,
      COLUMNS.incomplete,
      COLUMNS.keep,
      COLUMNS.reduce,
      COLUMNS.remove,
      COLUMNS.investigate,
      COLUMNS.usedPermissions,
      COLUMNS.grantedPermissions,
    ].map((label) => column(label, 'number')),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.counts.users,
    a.counts.roles,
    a.counts.inactive,
    a.counts.incomplete,
    ...DECISIONS.map((d) => a.decisions[d]),
    a.counts.used,
    a.counts.granted,
  ]),
});

export const coverageTable = (accounts: readonly DescribedAccount[]): Table => ({
  ...INDEX_TABLES.coverage,
  id: 'coverage',
  anchor: 'coverage',
  columns: [
    column(COLUMNS.account),
    column(COLUMNS.id, 'code'),
    column(COLUMNS.events, 'number'),
    column(COLUMNS.firstEvent, 'time'),
    column(COLUMNS.lastEvent, 'time'),
    column(COLUMNS.daysWithoutEvents, 'number'),
    column(COLUMNS.principalsSeenOnlyInTheLogs, 'number'),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.id,
    a.coverage.events,
    a.coverage.first,
    a.coverage.last,
    a.coverage.emptyDays.length,
    {
      text: grouped(a.trailOnly.length),
      href: a.trailOnly.length > 0 ? `${accountPath(a.id)}#trail-only` : undefined,
    },
  ]),
});

/** Event types in the logs of each account, from all callers: the absence of others proves nothing. */
export const recordingTable = (accounts: readonly DescribedAccount[]): Table => ({
  ...INDEX_TABLES.recording,
  id: 'recording',
  anchor: 'recording',
  more: 'csv/recording.csv',
  columns: [
    column(COLUMNS.account),
    column(COLUMNS.daysWithEvents),
    column(COLUMNS.typesInTheLogs),
    column(COLUMNS.typesNotInTheLogs),
    column(COLUMNS.regions, 'code'),
    column(COLUMNS.dataEvents, 'code'),
  ],
  rows: accounts.map((a) => [
    link(a),
    INDEX_TEXTS.daysWithEvents(
      grouped(a.days.withEvents),
      grouped(a.days.all),
      a.days.quiet,
      a.days.proven === 0 ? null : grouped(a.days.proven),
    ),
    joined(a.recording.kinds.filter(isRecorded).map(recordedWords)),
    joined(a.recording.kinds.filter((kind) => !isRecorded(kind)).map(recordedWords)),
    joined(regionWords(a.recording.regions)),
    joined(a.recording.dataEvents),
  ]),
});

/** `eu-west-1 (1,204)`, and `no others` where other Regions are not recorded. */
const regionWords = ({ regions, others }: DescribedAccount['recording']['regions']): string[] => [
  ...regions.map(({ region, events }) => `${region} (${grouped(events)})`),
  ...(others === 'not-seen' || others === 'excluded' ? [INDEX_TEXTS.noOtherRegions] : []),
];

type Kind = DescribedAccount['recording']['kinds'][number];

const isRecorded = ({ verdict }: Kind): boolean => verdict !== 'not-seen' && verdict !== 'excluded';

/** `Read events (2,336)`, `Write events (too few to tell)`. */
const recordedWords = ({ kind, verdict, events }: Kind): string => {
  const words = RECORDING_VERDICTS[verdict] ?? grouped(events);
  return words === '' ? eventKindTitle(kind) : `${eventKindTitle(kind)} (${words})`;
};
