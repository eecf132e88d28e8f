import { getOrInsertComputed } from '../../base/maps.js';
import type { Catalog } from '../../catalog/types.js';
import type { AccountConfig } from '../../config/types.js';
import type { Grants } from '../../iam/types.js';
import type { Period } from '../../period.js';
import type { AccountCoverage, TrailNotes } from '../../trail/types.js';
import type { Gap, ReviewWarning } from '../reasons.js';
import { accountRecording, unseenKinds, type AccountRecording } from './account.js';
import { logDays, type LogDays } from './days.js';
import type { RecordingEvidence } from './evidence.js';
import { recordedRegions, type RegionsRecording } from './regions.js';
import { allUnseen, isRecorded, unseenActions, withinRegions, type Unseen } from './unseen.js';

/** What the logs of one account can prove. */
export interface AccountLogs {
  readonly coverage: AccountCoverage | undefined;
  readonly recording: AccountRecording;
  /** The only Regions that are recorded; null for all. */
  readonly regions: ReadonlySet<string> | null;
  readonly days: LogDays;
  /** Why the answers for this account are incomplete; then no action in it is unused. */
  readonly gaps: readonly Gap[];
  readonly unseen: Unseen;
  /** A principal that changed anything in the period would have events. */
  readonly showChanges: boolean;
  /** A role session that started in the period would have an event. */
  readonly showSessions: boolean;
  readonly warnings: readonly ReviewWarning[];
}

export interface LogsInput {
  readonly catalog: Catalog;
  readonly period: Period;
  readonly coverage: readonly AccountCoverage[];
  readonly evidence: RecordingEvidence;
  /** Read after all questions have been answered. */
  readonly notes: {
    readonly incomplete: TrailNotes['incomplete'];
    readonly otherAccounts?: TrailNotes['otherAccounts'] | undefined;
  };
  /** IAM prefixes whose data events are logged according to the configuration. */
  readonly dataEvents: readonly string[];
  readonly configured: readonly Pick<AccountConfig, 'id' | 'quiet' | 'recording'>[];
}

/** Combines what the logs of each account can prove. Accounts with the same recorded events share one `Unseen`. */
export class LogsOfAccounts {
  readonly #input: LogsInput;
  readonly #shared = new Map<string, Unseen>();
  /** For principals with incomplete data. */
  readonly nothingKnown: Unseen;
  /** For principals that AWS shows to be used, without a trace in the logs. */
  readonly #usedWithoutTrace: Unseen;

  constructor(input: LogsInput) {
    this.#input = input;
    this.nothingKnown = allUnseen(input.catalog, 'incomplete');
    this.#usedWithoutTrace = allUnseen(input.catalog, 'aws-last-used');
  }

  /** Actions that a principal may use without an event in the logs of its account. */
  unseenFor(
    { unseen, regions }: AccountLogs,
    grants: Grants,
    {
      isIncomplete,
      isUsedWithoutTrace,
    }: { readonly isIncomplete: boolean; readonly isUsedWithoutTrace: boolean },
  ): Unseen {
    if (isIncomplete) return this.nothingKnown;
    if (isUsedWithoutTrace) return this.#usedWithoutTrace;
    return regions === null ? unseen : withinRegions(unseen, grants.onlyIn(regions));
  }

  of({ id, name }: { readonly id: string; readonly name: string }): AccountLogs {
    const { period, evidence, notes, dataEvents } = this.#input;
    const coverage = this.#input.coverage.find(({ accountId }) => accountId === id);
    const configured = this.#input.configured.find((account) => account.id === id);
    const recording = accountRecording(evidence.of(id), dataEvents, configured?.recording, coverage?.regions);
    const regions = recordedRegions(recording.regions);
    const hasEvents = coverage !== undefined && coverage.events > 0;
    const gaps: readonly Gap[] = [
      ...notes.incomplete
        .filter(({ accountId }) => accountId === null || accountId === id)
        .map(({ reason }) => ({ kind: 'logs' as const, reason })),
      ...(hasEvents ? [] : [{ kind: 'no-events' as const }]),
    ];
    const days = logDays(coverage, period, configured?.quiet);
    const unseen = this.#unseen(recording);
    const isWhole = gaps.length === 0;
    return {
      coverage,
      recording,
      regions,
      days,
      gaps,
      unseen,
      showChanges: days.enough && regions === null && !unseenKinds(recording).has('write'),
      showSessions: isWhole && days.enough && isRecorded(this.#input.catalog, 'sts:AssumeRole', unseen),
      warnings: hasEvents
        ? [
            ...recordingWarnings(name, recording.kinds),
            ...regionWarnings(name, recording.regions),
            ...daysWarnings(name, days),
          ]
        : [
            {
              kind: 'no-events',
              account: name,
              id,
              others: notes.otherAccounts ?? null,
            },
          ],
    };
  }

  #unseen(recording: AccountRecording): Unseen {
    const key = JSON.stringify([
      recording.kinds.map(({ verdict }) => verdict),
      recording.dataEvents,
      recording.regions.others,
      [...(recordedRegions(recording.regions) ?? [])],
    ]);
    const unseen = getOrInsertComputed(this.#shared, key, () =>
      unseenActions(this.#input.catalog, recording),
    );
    return unseen;
  }
}

function recordingWarnings(account: string, kinds: AccountRecording['kinds']): ReviewWarning[] {
  // Most accounts have no cluster with the Data API.
  const missing = kinds.filter(({ kind, verdict }) => verdict === 'not-seen' && kind !== 'rds-data');
  const contradicted = kinds.filter(({ verdict, events }) => verdict === 'excluded' && events > 0);
  return [
    ...(missing.length === 0
      ? []
      : [{ kind: 'missing-kinds' as const, account, kinds: missing.map(({ kind }) => kind) }]),
    ...(contradicted.length === 0
      ? []
      : [
          {
            kind: 'contradicted-kinds' as const,
            account,
            kinds: contradicted.map(({ kind, events }) => ({ kind, events })),
          },
        ]),
  ];
}

function regionWarnings(account: string, { regions, others }: RegionsRecording): ReviewWarning[] {
  if (others === 'not-seen') return [{ kind: 'missing-regions', account, regions }];
  const contradicted = regions.filter(({ verdict }) => verdict === 'excluded');
  return contradicted.length === 0 ? [] : [{ kind: 'contradicted-regions', account, regions: contradicted }];
}

function daysWarnings(account: string, days: LogDays): ReviewWarning[] {
  if (days.quiet) return days.covered < days.all ? [{ kind: 'quiet', account, days }] : [];
  return days.enough ? [] : [{ kind: 'few-days', account, days }];
}
