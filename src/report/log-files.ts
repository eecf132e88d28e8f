import { LOG_FILES_FILE, type LogFileRecord } from '../model/log-file.js';
import type { ManifestRecord } from '../model/manifest.js';
import type { LogFile } from '../trail/types.js';
import { RowFile } from './rows.js';
import type { OutputFolder } from './types.js';

/** For the manifest: there can be many log files, so they have a file of their own. */
export type LogFileTotals = NonNullable<ManifestRecord['trail']['logFiles']>;

/** Writes one line per log file. @param logFiles sorted by name */
export async function writeLogFiles(
  out: OutputFolder,
  logFiles: Iterable<LogFile> | AsyncIterable<LogFile>,
): Promise<LogFileTotals> {
  const totals = { files: 0, damaged: 0, failed: 0, bytes: 0, records: 0 };
  let newest: string | null = null;
  const list = await RowFile.open(out, LOG_FILES_FILE);
  for await (const file of logFiles) {
    totals.files += 1;
    await list.add(`${JSON.stringify(file satisfies LogFileRecord)}\n`);
    totals.bytes += file.bytes ?? 0;
    totals.records += file.records;
    if (file.status !== 'read') totals[file.status] += 1;
    if (file.newest !== null && (newest === null || file.newest > newest)) newest = file.newest;
  }
  await list.close();
  return { path: LOG_FILES_FILE, ...totals, newest };
}
