import { increment } from '../base/maps.js';
import type { RequestPlan } from '../base/requests/plan.js';
import type { ElasticsearchConfig } from '../config/types.js';
import { Interruption, untilAborted } from '../interruption.js';
import { TrailError } from '../trail/errors.js';
import { createClient, securityWarnings } from '../trail/elasticsearch/client.js';
import { explain } from '../trail/elasticsearch/explain.js';
import { UnexpectedAnswerError } from '../trail/elasticsearch/unexpected-answer.js';
import { parseCount } from '../trail/elasticsearch/search-answer.js';
import { describeSkipped } from '../trail/log-files/log-name.js';
import { listLogFiles } from '../trail/log-files/list.js';
import { openStore } from '../trail/log-files/open-store.js';
import { patientTransport } from './patient-transport.js';
import { prepareIndex } from './prepare-index.js';
import { newTotals, readLogs, type FileToRead, type ReadTotals } from './read-logs.js';
import { send, type Sent } from './send.js';
import { requestStore } from './store-request.js';
import { INGEST_ERRORS } from '../wording/commands.js';
import { FILE_REASONS } from '../wording/log-files.js';
import { BAD_ANSWERS } from '../wording/elasticsearch-queries.js';
import { PROGRESS } from '../wording/progress.js';

export interface IngestRequest {
  readonly config: ElasticsearchConfig;
  /** Name of the target index. */
  readonly index: string;
  readonly folders: readonly string[];
  /** What of the requests of calls is stored beside their records, for reports. */
  readonly requests: RequestPlan;
  /** Concurrent bulk requests. */
  readonly concurrency: number;
  /** Ends the work early; current requests finish. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface IngestResult {
  readonly read: ReadTotals;
  readonly sent: Sent;
  /** Log files found. */
  readonly files: number;
  /** Documents in the index afterwards. */
  readonly documents: number;
  readonly warnings: readonly string[];
  readonly interrupted: boolean;
}

/** A bulk request may wait in a queue of the server. */
const REQUEST_TIMEOUT = 120_000;

/**
 * Loads folders of log files into an index. Repeating it changes nothing, and after an interruption it resumes:
 * existing events are recognized by ID.
 * @throws TrailError if a folder, the server or the index is not usable
 */
export async function ingest(request: IngestRequest): Promise<IngestResult> {
  const { config, index, signal, onProgress } = request;
  const read = newTotals();
  // A folder may be inside another.
  const files = new Map<string, FileToRead>();
  for (const folder of request.folders) {
    const store = openStore({ kind: 'folder', path: folder }, INGEST_ERRORS.argument);
    const listing = await untilAborted(listLogFiles(store, onProgress), signal);
    for (const name of listing.files) files.set(store.describe(name), { store, name });
    for (const name of listing.unreadable)
      read.failed.push({ path: store.describe(name), reason: FILE_REASONS.notOpened });
    for (const name of listing.otherFormats)
      read.failed.push({ path: store.describe(name), reason: FILE_REASONS.otherFormat });
    for (const [extension, count] of listing.skipped) increment(read.skipped, extension, count);
  }
  const client = await createClient(config, {
    requestTimeout: config.requestTimeout ?? REQUEST_TIMEOUT,
    Transport: patientTransport(config.retryFor),
  });
  try {
    const storesRequests = await untilAborted(prepareIndex(client, index), signal);
    const storeRequest = storesRequests ? requestStore(request.requests) : undefined;
    const report = (): void => {
      onProgress(PROGRESS.files(read.files, files.size, read.events));
    };
    const documents = readLogs(files.values(), read, signal, report, storeRequest);
    const sent = await send(client, index, documents, request.concurrency);
    await client.indices.refresh({ index });
    const count = parseCount(await client.count({ index }));
    if (count < sent.created) throw new UnexpectedAnswerError(BAD_ANSWERS.created(count, sent.created));
    return {
      read,
      sent,
      files: files.size,
      documents: count,
      warnings: [...securityWarnings(config), ...describeSkipped(read.skipped)],
      interrupted: signal.aborted,
    };
  } catch (error) {
    if (error instanceof TrailError || error instanceof Interruption) throw error;
    throw new TrailError(explain(error, { config, index, to: 'write' }));
  } finally {
    await client.close();
  }
}
