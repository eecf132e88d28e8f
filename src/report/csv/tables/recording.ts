import type { Table } from './table.js';
import type { DescribedAccount } from '../../../wording/described.js';
import { eventKindTitle, TRAIL_SETTINGS } from '../../../wording/recording.js';

interface Row {
  readonly account: DescribedAccount;
  readonly kind: string;
  readonly verdict: string;
  readonly events: number | null;
  readonly example: string | null;
  readonly setting: string | null;
}

export const RECORDING: Table<Row> = {
  name: 'recording',
  content: 'event types in the logs of each account, with the evidence',
  columns: [
    ['account_id', '12 digits', ({ account }) => account.id],
    ['account_name', 'as in the configuration', ({ account }) => account.name],
    ['kind', 'kind of events: a trail can leave each out', ({ kind }) => kind],
    [
      'recorded',
      'seen: in the logs; stated, excluded: by the configuration; not-seen: nobody’s event shows it; assumed: too few events to tell',
      ({ verdict }) => verdict,
    ],
    ['events', 'events of the kind in the account’s logs, of anybody', ({ events }) => events],
    ['example', 'one of them', ({ example }) => example],
    ['trail_setting', 'what would explain that there are none', ({ setting }) => setting],
    ['days', 'days of the period', ({ account }) => account.days.all],
    [
      'days_with_events',
      'of these, days with an event in the account’s logs',
      ({ account }) => account.days.covered,
    ],
    [
      'enough_days',
      'yes when a principal without calls can be called unused',
      ({ account }) => account.days.enough,
    ],
  ],
};

/** One row per kind of events of an account: what its logs could have shown. */
export const recordingRows = (account: DescribedAccount): Row[] => [
  ...account.recording.kinds.map(({ kind, verdict, events, example }) => ({
    ...{ account, verdict, events, example },
    kind: eventKindTitle(kind),
    setting: TRAIL_SETTINGS[kind],
  })),
  ...account.recording.dataEvents.map((service) => ({
    ...{ account, kind: `Data events ${service}`, verdict: 'seen' },
    ...{ events: null, example: null, setting: null },
  })),
];
