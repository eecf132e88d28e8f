import type { Table } from './table.js';
import type { DescribedAccount } from '../../../wording/described.js';
import { eventKindTitle, REGION_KINDS, TRAIL_SETTINGS } from '../../../wording/recording.js';

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
  content: 'event types and Regions in the logs of each account, with the evidence',
  columns: [
    ['account_id', 'account ID, 12 digits', ({ account }) => account.id],
    ['account_name', 'account name in the configuration', ({ account }) => account.name],
    ['kind', 'event type or Region that a trail can leave out', ({ kind }) => kind],
    [
      'recorded',
      'seen: in the logs; stated or excluded: by the configuration; not-seen: not in the logs; assumed: too few events to tell',
      ({ verdict }) => verdict,
    ],
    ['events', 'number of events of this type, from all callers', ({ events }) => events],
    ['example', 'example of such an event', ({ example }) => example],
    ['trail_setting', 'trail setting that leaves this type out', ({ setting }) => setting],
    ['days', 'number of days in the period', ({ account }) => account.days.all],
    ['days_with_events', 'number of days with events', ({ account }) => account.days.withEvents],
    ['days_proven', 'number of days that digest files prove complete', ({ account }) => account.days.proven],
    [
      'enough_days',
      'yes if the logs cover enough days to suggest removal',
      ({ account }) => account.days.enough,
    ],
    [
      'doubt',
      'a use in records of AWS that the logs of the account do not show; empty for none',
      ({ account }) => account.doubt,
    ],
  ],
};

/** One row per event type and Region of an account. */
export const recordingRows = (account: DescribedAccount): Row[] => [
  ...account.recording.kinds.map(({ kind, verdict, events, example }) => ({
    ...{ account, verdict, events, example },
    kind: eventKindTitle(kind),
    setting: TRAIL_SETTINGS[kind],
  })),
  ...account.recording.regions.regions.map(({ region, verdict, events }) => ({
    ...{ account, verdict, events },
    ...{ kind: REGION_KINDS.one(region), example: null, setting: TRAIL_SETTINGS.global },
  })),
  {
    ...{ account, verdict: account.recording.regions.others, events: null },
    ...{ kind: REGION_KINDS.others, example: null, setting: TRAIL_SETTINGS.global },
  },
  ...account.recording.dataEvents.map((service) => ({
    ...{ account, kind: `Data events ${service}`, verdict: 'seen' },
    ...{ events: null, example: null, setting: null },
  })),
];
