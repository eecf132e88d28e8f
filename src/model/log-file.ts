import { z } from 'zod';
import { count, sha256, text, time } from './parts.js';

export const LOG_FILES_FILE = 'json/log-files.ndjson';

/** A line of json/log-files.ndjson: a file that was opened, or should have been. */
export const logFileShape = z.object({
  name: text.describe('relative to the folder of logs'),
  sha256: sha256.nullable().describe('of its bytes on the disk; null where they could not be read'),
  bytes: count.nullable().describe('on the disk'),
  records: count.describe('entries in it, events or not'),
  newest: time.nullable().describe('time of the newest event that was taken from it'),
  status: z
    .enum(['read', 'damaged', 'failed'])
    .describe('damaged: a part of it was left out; failed: nothing of it was read'),
});
