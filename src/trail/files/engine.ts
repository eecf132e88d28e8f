import { resolve } from 'node:path';
import { z } from 'zod';
import { increment } from '../../base/maps.js';
import { defineSection } from '../../config/section.js';
import type { Engine, LogSource, OnProgress, SourceFindings } from '../source.js';
import { sumCalls } from '../seen-calls.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { describeExtensions, extensionOf } from './discover/log-name.js';
import { listLogFiles, type Listing } from './discover/list.js';
import { openLogs } from './open.js';
import { openStore } from './store/open.js';
import type { LogStore } from './store/store.js';

const shape = z.strictObject({ path: z.string('must be text').min(1, 'is empty') }, 'must hold a key path');

/** The files engine: a folder with CloudTrail log files, without a server. */
export const filesEngine: Engine = defineSection({
  key: 'files',
  shape,
  example: {
    use: 'for a folder with the files as CloudTrail delivers them',
    lines: ['files:', '  path: ./logs'],
  },
  read: ({ path }, { folder, topIndex }) =>
    topIndex === undefined
      ? { ok: true, source: new FilesSource(resolve(folder, path)) }
      : {
          ok: false,
          problems: [{ path: ['index'], message: 'goes with elasticsearch: files have no index' }],
        },
});

class FilesSource implements LogSource {
  readonly kind = 'files';
  readonly isCacheable = true;
  readonly #store: LogStore;
  /** From the time of the fingerprint, so that files are listed once. */
  #listing: Listing | undefined;

  /** @param path absolute */
  constructor(readonly path: string) {
    this.#store = openStore({ kind: 'folder', path });
  }

  describe(name: (path: string) => string): Record<string, unknown> {
    return { path: name(this.path) };
  }

  open(request: TrailRequest): Promise<TrailSource> {
    const listing = this.#listing;
    this.#listing = undefined;
    return openLogs(this.#store, request, listing);
  }

  async fingerprint(onProgress: OnProgress): Promise<unknown> {
    this.#listing = await listLogFiles(this.#store, onProgress);
    return this.#listing.fingerprint;
  }

  async inspect(request: TrailRequest): Promise<SourceFindings> {
    const listing = await listLogFiles(this.#store, request.onProgress);
    const trail = await openLogs(this.#store, request, listing);
    try {
      const coverage = await trail.coverage();
      const calls = await sumCalls(trail.activity());
      const { counts, warnings, incomplete } = trail.notes();
      const read = counts['filesRead'] ?? 0;
      const failed = counts['filesFailed'] ?? 0;
      const value = `${countFormats(listing.files)}: ${read} read, ${failed} not readable`;
      return {
        where: `files below ${this.path}`,
        facts: [{ kind: 'line', label: 'files', value }],
        coverage,
        warnings,
        problems: [],
        incomplete,
        calls,
        counts,
      };
    } finally {
      await trail.close();
    }
  }
}

function countFormats(files: Iterable<string>): string {
  const formats = new Map<string, number>();
  for (const file of files) increment(formats, extensionOf(file));
  return describeExtensions(formats);
}
