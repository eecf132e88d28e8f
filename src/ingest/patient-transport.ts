import type { TransportRequestOptions, TransportRequestParams } from '@elastic/elasticsearch';
import { repeated } from '../trail/elasticsearch/retry.js';
import { CheckedTransport } from '../trail/elasticsearch/transport.js';
import { checkBulkAnswer } from './bulk-answer.js';

/** Bulk requests survive a minute of an unavailable server; other requests fail sooner. */
const BULK = { attempts: 10, retryDelay: 500 };
const OTHER = { attempts: 3, retryDelay: 500 };

/**
 * Retries whole requests that failed temporarily (429, 502 to 504, lost connection, invalid answer), with
 * increasing pauses or after Retry-After. The client's bulk helper would end the run at the first failure.
 * Repeating is harmless: documents are created by ID.
 * @param patience milliseconds of retries after the first failure; absent: a fixed number of attempts
 */
export function patientTransport(patience: number | undefined): typeof CheckedTransport {
  const limit = patience === undefined ? {} : { patience };
  return class PatientTransport extends CheckedTransport {
    override request<TResponse = unknown>(
      params: TransportRequestParams,
      options?: TransportRequestOptions,
    ): Promise<TResponse> {
      const isBulk = params.path.endsWith('/_bulk');
      const work = async (): Promise<TResponse> => {
        const answer = await super.request<TResponse>(params, options);
        if (isBulk) checkBulk(answer, params, options);
        return answer;
      };
      return repeated(work, { ...(isBulk ? BULK : OTHER), ...limit });
    }
  };
}

function checkBulk(
  answer: unknown,
  { bulkBody }: TransportRequestParams,
  options: TransportRequestOptions | undefined,
): void {
  if (!Array.isArray(bulkBody)) throw new Error('A bulk request without a list of lines cannot be checked.');
  checkBulkAnswer(options?.meta === true ? (answer as { readonly body: unknown }).body : answer, bulkBody);
}
