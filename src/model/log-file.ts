import { z } from 'zod';
import { count, sha256, text, time } from './parts.js';
import type { RecordOf } from './record.js';

export const LOG_FILES_FILE = 'json/log-files.ndjson';

/** A line of json/log-files.ndjson: a file that was opened, or could not be. */
export const logFileShape = z.object({
  name: text.describe('path relative to the log folder'),
  sha256: sha256.nullable().describe('checksum of the file on disk; null if it could not be read'),
  bytes: count.nullable().describe('size on disk'),
  records: count.describe('number of records'),
  newest: time.nullable().describe('time of the newest event'),
  status: z.enum(['read', 'damaged', 'failed']).describe('damaged: read in part; failed: not read'),
});
export type LogFileRecord = RecordOf<typeof logFileShape>;
