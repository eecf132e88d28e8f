import type { z } from 'zod';
import type { KeyPath } from './locate.js';

/** A mistake in config.yaml and its key. */
export interface Problem {
  readonly path: KeyPath;
  readonly message: string;
  /** Correct lines to show. */
  readonly example?: readonly string[];
}

/** A configured source of CloudTrail logs. */
export interface ConfiguredSource {
  /** Name of the engine in JSON: `files`. */
  readonly kind: string;
  /**
   * Effective settings for the manifest, without secrets and local folders.
   * @param name path as shown in reports
   */
  describe(name: (path: string) => string): Record<string, unknown>;
  /** Files besides the logs, for the manifest: absolute paths. */
  readonly inputs?: readonly { readonly kind: 'public-keys'; readonly path: string }[];
}

interface SectionContext {
  /** Base of relative paths. */
  readonly folder: string;
  /** Top-level `index`, which the original supports. */
  readonly topIndex: string | undefined;
}

export type SectionResult<Source> =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A section of config.yaml for a source of logs: one per engine. */
export interface SourceSection<Source extends ConfiguredSource = ConfiguredSource> {
  readonly key: string;
  readonly shape: z.ZodType;
  /** Known keys, for messages about unknown keys. */
  readonly keys: readonly string[];
  /** Shown if no source is configured: when to use this source, and example lines. */
  readonly example: { readonly use: string; readonly lines: readonly string[] };
  /** Keys of other tools and versions, with their replacement. */
  readonly moved: ReadonlyMap<string, string>;
  /** Finds secrets in the file itself. @param written the section before variables are replaced */
  literalSecrets(written: unknown): readonly Problem[];
  /** @param raw result of `shape`, with variables replaced */
  read(raw: unknown, context: SectionContext): SectionResult<Source>;
}

type Defined<Raw, Source extends ConfiguredSource> = Omit<
  SourceSection<Source>,
  'shape' | 'keys' | 'read' | 'literalSecrets' | 'moved'
> &
  Partial<Pick<SourceSection<Source>, 'literalSecrets' | 'moved'>> & {
    readonly shape: z.ZodObject & z.ZodType<Raw>;
    read(raw: Raw, context: SectionContext): SectionResult<Source>;
  };

export function defineSection<Raw, Source extends ConfiguredSource>(
  section: Defined<Raw, Source>,
): SourceSection<Source> {
  return {
    ...section,
    keys: Object.keys(section.shape.shape),
    moved: section.moved ?? new Map(),
    literalSecrets: section.literalSecrets ?? ((): readonly Problem[] => []),
    // `shape` has validated it.
    read: (raw, context) => section.read(raw as Raw, context),
  };
}
