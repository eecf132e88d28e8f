import { Transport, type TransportRequestOptions, type TransportRequestParams } from '@elastic/elasticsearch';
import { NoAnswerError, RedirectError } from './failures.js';
import { FAILURES } from '../../wording/elasticsearch-queries.js';

/** Sends requests to the configured server only, each with a timeout. */
export class CheckedTransport extends Transport {
  /** Milliseconds. */
  readonly #timeout: number;

  constructor(options: ConstructorParameters<typeof Transport>[0]) {
    super(options);
    this.#timeout = Number(options.requestTimeout);
  }

  /** @throws RedirectError, NoAnswerError or the client's error */
  override async request<TResponse = unknown>(
    params: TransportRequestParams,
    options: TransportRequestOptions = {},
  ): Promise<TResponse> {
    const answer = await this.#inTime(options.signal, (signal) =>
      super.request<TResponse>(params, { ...options, signal, meta: true }),
    );
    const { statusCode, headers, body } = answer;
    // The client treats these as answers. Elasticsearch never redirects.
    if (statusCode >= 300 && statusCode < 400)
      throw new RedirectError(FAILURES.redirect(statusCode, targetOf(headers['location'])));
    return (options.meta === true ? answer : body) as TResponse;
  }

  /** The timeout of the client ends with the first bytes, and restarts with each later one. */
  async #inTime<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal !== undefined) return work(signal);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort();
    }, this.#timeout);
    try {
      return await work(controller.signal);
    } catch (error) {
      throw controller.signal.aborted ? new NoAnswerError(FAILURES.timeout, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Only the host of a Location: the rest may be a token (RFC 9110, Location). */
function targetOf(location: unknown): string {
  if (typeof location !== 'string') return '';
  const base = 'own://own-host';
  if (!URL.canParse(location, base)) return '';
  const { host } = new URL(location, base);
  return host === new URL(base).host ? FAILURES.redirectToPath : FAILURES.redirectToHost(host);
}
