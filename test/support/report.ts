import { runReport, type ReportOptions, type ReportResult } from '../../src/commands/report.js';

/** A full report of all accounts, made in November 2026, without progress output. */
export const wholeReport = (
  options: Pick<ReportOptions, 'config' | 'output'> & Partial<ReportOptions>,
): Promise<ReportResult> =>
  runReport({
    accounts: [],
    concurrency: 2,
    detail: 'full',
    force: false,
    now: new Date('2026-11-01T00:00:00Z'),
    onProgress: () => undefined,
    ...options,
  });
