import { cpSync, mkdirSync, renameSync, writeFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReportOptions, ReportResult } from '../../src/commands/report.js';
import { wholeReport } from './report.js';

/** Makes reports on two accounts with users, roles and role assumptions, from log files. */
export interface SmallReports {
  /** @returns folder and output of `report` */
  make(
    name: string,
    options?: Partial<ReportOptions>,
  ): Promise<{ readonly folder: string; readonly result: ReportResult }>;
}

/** @param work an empty folder */
export function smallReports(work: string): SmallReports {
  cpSync(resolve('test/scenarios/assumptions'), work, { recursive: true });
  mkdirSync(join(work, 'logs'));
  renameSync(join(work, 'trail.json'), join(work, 'logs/trail.json'));
  const config = join(work, 'config.yaml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}files: { path: logs }\n`);
  return {
    make: async (name, options = {}) => {
      const folder = join(work, name);
      const result = await wholeReport({ config, quarter: '2026-Q3', output: folder, ...options });
      return { folder, result };
    },
  };
}
