import { resolve } from 'node:path';
import { failure, success } from '../../base/result.js';
import { z } from 'zod';
import { increment } from '../../base/maps.js';
import { paths } from '../../config/schema.js';
import { defineSection } from '../../config/section.js';
import type { Engine, LogSource, OnProgress, SourceFindings } from '../source.js';
import { sumCalls } from '../seen-calls.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { extensionOf } from '../log-files/log-name.js';
import { listLogFiles, type Listing } from '../log-files/list.js';
import { openLogs } from './open.js';
import { openStore } from '../log-files/open-store.js';
import type { LogStore } from '../log-files/store.js';
import { digestFact } from '../digests/coverage.js';
import { readPublicKeys } from '../digests/read-public-keys.js';
import { FILES_ERRORS, SOURCE_USES, VALUE_ERRORS } from '../../wording/configuration.js';
import { FILE_FINDINGS } from '../../wording/log-files.js';

const shape = z.strictObject(
  { path: z.string(VALUE_ERRORS.text).min(1, VALUE_ERRORS.empty), public_keys: paths.optional() },
  VALUE_ERRORS.files,
);

/** The files engine: a folder with CloudTrail log files, without a server. */
export const filesEngine: Engine = defineSection({
  key: 'files',
  shape,
  example: {
    use: SOURCE_USES.files,
    lines: ['files:', '  path: ./logs'],
  },
  read: ({ path, public_keys: keys = [] }, { folder, topIndex }) =>
    topIndex === undefined
      ? success(
          new FilesSource(
            resolve(folder, path),
            keys.map((file) => resolve(folder, file)),
          ),
        )
      : failure([{ path: ['index'], message: FILES_ERRORS.index }]),
});

class FilesSource implements LogSource {
  readonly kind = 'files';
  readonly isCacheable = true;
  readonly #store: LogStore;
  /** From the time of the fingerprint, so that files are listed once. */
  #listing: Listing | undefined;

  /** @param path absolute @param keyFiles absolute paths of public keys of CloudTrail */
  constructor(
    readonly path: string,
    private readonly keyFiles: readonly string[],
  ) {
    this.#store = openStore({ kind: 'folder', path });
  }

  describe(name: (path: string) => string): Record<string, unknown> {
    const publicKeys = this.keyFiles.map(name);
    return { path: name(this.path), ...(publicKeys.length === 0 ? {} : { publicKeys }) };
  }

  get inputs(): readonly { readonly kind: 'public-keys'; readonly path: string }[] {
    return this.keyFiles.map((path) => ({ kind: 'public-keys', path }));
  }

  async open(request: TrailRequest): Promise<TrailSource> {
    const listing = this.#listing;
    this.#listing = undefined;
    return openLogs(this.#store, request, { listing, publicKeys: await readPublicKeys(this.keyFiles) });
  }

  async fingerprint(onProgress: OnProgress): Promise<unknown> {
    this.#listing = await listLogFiles(this.#store, onProgress);
    const publicKeys = await readPublicKeys(this.keyFiles);
    return [
      this.#listing.fingerprint,
      [...publicKeys].map(([name, key]) => [name, key.export({ format: 'jwk' })]),
    ];
  }

  async inspect(request: TrailRequest): Promise<SourceFindings> {
    const listing = await listLogFiles(this.#store, request.onProgress);
    const publicKeys = await readPublicKeys(this.keyFiles);
    const trail = await openLogs(this.#store, request, { listing, publicKeys });
    try {
      const coverage = await trail.coverage();
      const calls = await sumCalls(trail.activity());
      const { counts, warnings, incomplete, otherAccounts } = trail.notes();
      const read = counts['filesRead'] ?? 0;
      const failed = counts['filesFailed'] ?? 0;
      const value = FILE_FINDINGS.files(formatsOf(listing.files), read, failed);
      return {
        where: FILE_FINDINGS.where(this.path),
        facts: [{ kind: 'line', label: FILE_FINDINGS.labels.files, value }, ...digestFact(coverage)],
        coverage,
        warnings,
        problems: [],
        incomplete,
        calls,
        counts,
        otherAccounts,
      };
    } finally {
      await trail.close();
    }
  }
}

function formatsOf(files: Iterable<string>): Map<string, number> {
  const formats = new Map<string, number>();
  for (const file of files) increment(formats, extensionOf(file));
  return formats;
}
