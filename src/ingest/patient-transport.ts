import type { TransportRequestOptions, TransportRequestParams } from '@elastic/elasticsearch';
import { repeated } from '../trail/elasticsearch/retry.js';
import { CheckedTransport } from '../trail/elasticsearch/transport.js';
import { checkBulkAnswer } from './bulk-answer.js';

/** Bulk requests outlast a minute of a server that is down or busy; for all others somebody waits. */
const BULK = { attempts: 10, retryDelay: 500 };
const OTHER = { attempts: 3, retryDelay: 500 };

/**
 * Repeats whole requests that were refused for a while (429, 502 to 504, connection lost, an answer that cannot be), with growing pauses
 * or after as long as the server asks for. The client's bulk helper ends the run at the first of them. Sending twice is
 * harmless: documents are created by id.
 * @param patience milliseconds after the first failure in which a request is repeated; as long as its tries last when absent
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
