import { Transport, type TransportRequestOptions, type TransportRequestParams } from '@elastic/elasticsearch';
import { repeated } from '../trail/elasticsearch/retry.js';

/** Bulk requests outlast a minute of a server that is down or busy; for all others somebody waits. */
const BULK = { attempts: 10, retryDelay: 500 };
const OTHER = { attempts: 3, retryDelay: 500 };

/**
 * Repeats whole requests that were refused for a while (429, 502 to 504, connection lost), with growing pauses or after as long
 * as the server asks for. The client's bulk helper ends the run at the first of them. Sending twice is harmless: documents
 * are created by id.
 */
export class PatientTransport extends Transport {
  override request<TResponse = unknown>(
    params: TransportRequestParams,
    options?: TransportRequestOptions,
  ): Promise<TResponse> {
    const tries = params.path.endsWith('/_bulk') ? BULK : OTHER;
    return repeated(() => super.request<TResponse>(params, options), tries);
  }
}
