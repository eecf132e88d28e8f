import type { z } from 'zod';
import type { KeyPath } from './locate.js';

/** A mistake in config.yaml, and the key that it is about. */
export interface Problem {
  readonly path: KeyPath;
  readonly message: string;
  /** What to write instead: lines. */
  readonly example?: readonly string[];
}

/** Where the CloudTrail logs are, as far as the configuration itself knows. */
export interface ConfiguredSource {
  /** Names the engine in JSON: `files`. */
  readonly kind: string;
  /**
   * The settings as they took effect, for the manifest: no secret, no folder of this machine.
   * @param name what evidence calls a path
   */
  describe(name: (path: string) => string): Record<string, unknown>;
  /** Files besides the logs, for the manifest: absolute paths. */
  readonly inputs?: readonly { readonly kind: 'public-keys'; readonly path: string }[];
}

interface SectionContext {
  /** What relative paths are relative to. */
  readonly folder: string;
  /** The `index` at the top of the file, which the original reads. */
  readonly topIndex: string | undefined;
}

export type SectionResult<Source> =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A section of config.yaml that names a source of logs: each engine has one. */
export interface SourceSection<Source extends ConfiguredSource = ConfiguredSource> {
  readonly key: string;
  readonly shape: z.ZodType;
  /** Known keys, for messages about unknown ones. */
  readonly keys: readonly string[];
  /** What to write, for the message that no source is there: when to take it, and the lines. */
  readonly example: { readonly use: string; readonly lines: readonly string[] };
  /** Keys of other tools and versions, with what to write instead. */
  readonly moved: ReadonlyMap<string, string>;
  /** Secrets that stand in the file itself. @param written the section before variables are filled in */
  literalSecrets(written: unknown): readonly Problem[];
  /** @param raw what `shape` has parsed, variables filled in */
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
    // `shape` has parsed it.
    read: (raw, context) => section.read(raw as Raw, context),
  };
}
