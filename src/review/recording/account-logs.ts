import { getOrInsertComputed } from '../../base/maps.js';
import type { Catalog } from '../../catalog/types.js';
import type { AccountConfig } from '../../config/types.js';
import type { Period } from '../../period.js';
import type { AccountCoverage, TrailNotes } from '../../trail/types.js';
import {
  contradictionWarning,
  daysWarning,
  NO_EVENTS,
  noEventsWarning,
  recordingWarning,
} from '../reasons.js';
import { accountRecording, unseenKinds, type AccountRecording } from './account.js';
import { logDays, type LogDays } from './days.js';
import type { RecordingEvidence } from './evidence.js';
import { allUnseen, isRecorded, unseenActions, type Unseen } from './unseen.js';

/** What the logs of one account can prove. */
export interface AccountLogs {
  readonly coverage: AccountCoverage | undefined;
  readonly recording: AccountRecording;
  readonly days: LogDays;
  /** Why the answers for this account are not whole; then nothing in it is known to be unused. */
  readonly gaps: readonly string[];
  readonly unseen: Unseen;
  /** A principal that changed anything in the period would show in them. */
  readonly showChanges: boolean;
  /** A session of a role that began in the period would show in them. */
  readonly showSessions: boolean;
  readonly warnings: readonly string[];
}

export interface LogsInput {
  readonly catalog: Catalog;
  readonly period: Period;
  readonly coverage: readonly AccountCoverage[];
  readonly evidence: RecordingEvidence;
  /** Read after the trail has told all. */
  readonly notes: Pick<TrailNotes, 'incomplete' | 'counts'>;
  /** IAM prefixes whose data events are logged, says the configuration. */
  readonly dataEvents: readonly string[];
  readonly configured: readonly Pick<AccountConfig, 'id' | 'quiet' | 'recording'>[];
}

/** Puts together, for any account, what its logs can prove. Accounts that record the same share one `Unseen`. */
export class LogsOfAccounts {
  readonly #input: LogsInput;
  readonly #shared = new Map<string, Unseen>();
  /** Of principals whose data are not complete. */
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
    const gaps = notes.incomplete
      .filter(({ accountId }) => accountId === null || accountId === id)
      .map(({ reason }) => reason);
    const days = logDays(coverage, period, configured?.quiet);
    const warnings = [
      recordingWarning(name, recording.kinds),
      contradictionWarning(name, recording.kinds),
      daysWarning(name, days),
    ];
    const unseen = this.#unseen(recording);
    const isWhole = hasEvents && gaps.length === 0;
    return {
      coverage,
      recording,
      days,
      gaps: hasEvents || gaps.includes(NO_EVENTS) ? gaps : [...gaps, NO_EVENTS],
      unseen,
      showChanges: days.enough && !unseenKinds(recording).has('write'),
      showSessions: isWhole && days.enough && isRecorded(this.#input.catalog, 'sts:AssumeRole', unseen),
      warnings: hasEvents
        ? warnings.filter((warning) => warning !== '')
        : [noEventsWarning(name, id, (notes.counts['recordsOtherAccounts'] ?? 0) > 0)],
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
