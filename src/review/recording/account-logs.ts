import { getOrInsertComputed } from '../../base/maps.js';
import type { Catalog } from '../../catalog/types.js';
import type { AccountConfig } from '../../config/types.js';
import type { Period } from '../../period.js';
import type { AccountCoverage, TrailNotes } from '../../trail/types.js';
import type { Gap, ReviewWarning } from '../reasons.js';
import { accountRecording, unseenKinds, type AccountRecording } from './account.js';
import { logDays, type LogDays } from './days.js';
import type { RecordingEvidence } from './evidence.js';
import { allUnseen, isRecorded, unseenActions, type Unseen } from './unseen.js';

/** What the logs of one account can prove. */
export interface AccountLogs {
  readonly coverage: AccountCoverage | undefined;
  readonly recording: AccountRecording;
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
  readonly notes: Pick<TrailNotes, 'incomplete' | 'counts'>;
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

  constructor(input: LogsInput) {
    this.#input = input;
    this.nothingKnown = allUnseen(input.catalog);
  }

  of({ id, name }: { readonly id: string; readonly name: string }): AccountLogs {
    const { period, evidence, notes, dataEvents } = this.#input;
    const coverage = this.#input.coverage.find(({ accountId }) => accountId === id);
    const configured = this.#input.configured.find((account) => account.id === id);
    const recording = accountRecording(evidence.of(id), dataEvents, configured?.recording);
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
      days,
      gaps,
      unseen,
      showChanges: days.enough && !unseenKinds(recording).has('write'),
      showSessions: isWhole && days.enough && isRecorded(this.#input.catalog, 'sts:AssumeRole', unseen),
      warnings: hasEvents
        ? [...recordingWarnings(name, recording.kinds), ...daysWarnings(name, days)]
        : [
            {
              kind: 'no-events',
              account: name,
              id,
              hasOthers: (notes.counts['recordsOtherAccounts'] ?? 0) > 0,
            },
          ],
    };
  }

  #unseen(recording: AccountRecording): Unseen {
    const key = JSON.stringify([recording.kinds.map(({ verdict }) => verdict), recording.dataEvents]);
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

function daysWarnings(account: string, days: LogDays): ReviewWarning[] {
  if (days.quiet) return days.covered < days.all ? [{ kind: 'quiet', account, days }] : [];
  return days.enough ? [] : [{ kind: 'few-days', account, days }];
}
