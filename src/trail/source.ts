import type { ConfiguredSource, SourceSection } from '../config/section.js';
import type { SeenCall } from './seen-calls.js';
import type { AccountCoverage, TrailNotes, TrailRequest, TrailSource } from './types.js';

export type OnProgress = (message: string) => void;

/** Output of `check` about a source: a labeled line, or a table with a header row. */
export type Fact =
  | { readonly kind: 'line'; readonly label: string; readonly value: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** Result of a dry run. */
export interface SourceFindings {
  /** Server or folder, in one line. */
  readonly where: string;
  readonly facts: readonly Fact[];
  readonly coverage: readonly AccountCoverage[];
  readonly warnings: readonly string[];
  /** Sentences: what makes a report fail, in addition to `incomplete`. */
  readonly problems: readonly string[];
  readonly incomplete: TrailNotes['incomplete'];
  /** Evidence for recorded event types. */
  readonly calls: readonly SeenCall[];
  readonly counts: TrailNotes['counts'];
  readonly otherAccounts?: TrailNotes['otherAccounts'];
}

/** A configured source of logs, independent of the engine. */
export interface LogSource extends ConfiguredSource {
  /** The logs rarely change, so caching answers pays off. */
  readonly isCacheable: boolean;
  /** @throws TrailError if the logs are not accessible */
  open(request: TrailRequest): Promise<TrailSource>;
  /** @throws TrailError like `open` */
  inspect(request: TrailRequest): Promise<SourceFindings>;
  /** A JSON value that changes whenever the logs change; null if unknown. */
  fingerprint(onProgress: OnProgress): Promise<unknown>;
}

/** An engine: a section of config.yaml that creates a source. */
export type Engine = SourceSection<LogSource>;
