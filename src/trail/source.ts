import type { ConfiguredSource, SourceSection } from '../config/section.js';
import type { SeenCall } from './seen-calls.js';
import type { AccountCoverage, TrailNotes, TrailRequest, TrailSource } from './types.js';

export type OnProgress = (message: string) => void;

/** What `check` prints of a source: a labelled line, or a table whose first row is its header. */
export type Fact =
  | { readonly kind: 'line'; readonly label: string; readonly value: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** What a report would find, without making one. */
export interface SourceFindings {
  /** In one line: which server, which folder. */
  readonly where: string;
  readonly facts: readonly Fact[];
  readonly coverage: readonly AccountCoverage[];
  readonly warnings: readonly string[];
  /** Sentences: what makes a report fail, besides `incomplete`. */
  readonly problems: readonly string[];
  readonly incomplete: TrailNotes['incomplete'];
  /** What the logs could have shown is told by these. */
  readonly calls: readonly SeenCall[];
  readonly counts: TrailNotes['counts'];
}

/** A configured source of logs: what the commands ask, whichever engine answers. */
export interface LogSource extends ConfiguredSource {
  /** The logs seldom change, so that it pays to cache their answers. */
  readonly isCacheable: boolean;
  /** @throws TrailError when the logs cannot be reached */
  open(request: TrailRequest): Promise<TrailSource>;
  /** @throws TrailError as `open` */
  inspect(request: TrailRequest): Promise<SourceFindings>;
  /** A value that changes whenever the logs do, as JSON; null where that cannot be known. */
  fingerprint(onProgress: OnProgress): Promise<unknown>;
}

/** An engine: its section of config.yaml, which makes a source. */
export type Engine = SourceSection<LogSource>;
