import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStaging, type Staging } from '../../src/report/output.js';

/** A place for a report, and reports of one file in it. */
export interface ReportPlace {
  readonly parent: string;
  readonly target: string;
  /** Of the one file, `a/b.csv`. */
  readonly text: () => Promise<string>;
  readonly begin: (force?: boolean) => Promise<Staging>;
  /** Writes a whole report. */
  readonly report: (text: string, force?: boolean) => Promise<void>;
}

export async function makeReportPlace(): Promise<ReportPlace> {
  const parent = await mkdtemp(join(tmpdir(), 'output-'));
  const target = join(parent, 'report');
  const begin = (force = true): Promise<Staging> => createStaging(target, { force });
  return {
    parent,
    target,
    begin,
    text: () => readFile(join(target, 'a/b.csv'), 'utf8'),
    report: async (text, force = false) => {
      const staging = await begin(force);
      await staging.writeFile('a/b.csv', text, 1);
      await commit(staging);
    },
  };
}

export const commit = (staging: Staging): Promise<string> =>
  staging.commit({ tool: { name: 'cloudtracker' }, outputs: staging.files(), run: {} });
