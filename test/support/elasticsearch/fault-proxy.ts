import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from './index-records.js';

export interface Sent {
  readonly method: string;
  /** Includes the query string. */
  readonly path: string;
  readonly body: string;
}

/**
 * Fault of a request. `status`: the server is not asked. `hang up`: the connection ends without an answer. `reset`:
 * it ends in the middle of the answer. `truncate`: half of the answer, as if it were complete. `delay`: the body
 * arrives this many milliseconds after the headers.
 */
export type Fault =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly delay: number }
  | 'hang up'
  | 'reset'
  | 'truncate'
  | null;

const HEADERS = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };

/** A proxy in front of the real server that injects the faults of a test. */
export class FaultProxy {
  /** Called for each request. */
  fault: (sent: Sent) => Fault | Promise<Fault> = () => null;
  /** Called for each answer that is an object. */
  change: (answer: JsonObject, sent: Sent) => JsonObject = (answer) => answer;
  readonly #server: Server;

  private constructor(readonly target: string) {
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => request.socket.destroy());
    });
  }

  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Passes everything on unchanged. */
  heal(): void {
    this.fault = () => null;
    this.change = (answer) => answer;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const sent = { method: request.method ?? 'GET', path: request.url ?? '/', body };
    const fault = await this.fault(sent);
    if (fault === 'hang up') {
      request.socket.destroy();
    } else if (fault !== null && typeof fault === 'object' && 'status' in fault) {
      response.writeHead(fault.status, { ...HEADERS, ...fault.headers }).end(fault.body ?? '{}');
    } else {
      const { status, text } = await this.#ask(request, sent);
      if (fault === 'reset') {
        response.writeHead(status, { ...HEADERS, 'content-length': Buffer.byteLength(text) });
        response.write(text.slice(0, text.length / 2), () => request.socket.resetAndDestroy());
      } else if (fault === 'truncate') {
        response.writeHead(status, HEADERS).end(text.slice(0, text.length / 2));
      } else {
        response.writeHead(status, HEADERS);
        if (fault !== null) {
          response.flushHeaders();
          await new Promise((resolve) => setTimeout(resolve, fault.delay));
        }
        response.end(text);
      }
    }
  }

  async #ask(
    request: IncomingMessage,
    { method, path, body }: Sent,
  ): Promise<{ status: number; text: string }> {
    const { accept = 'application/json', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(`${this.target}${path}`, {
      method,
      headers: body === '' ? { accept } : { accept, 'content-type': type },
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    if (!text.startsWith('{')) return { status: answer.status, text };
    const changed = this.change(JSON.parse(text) as JsonObject, { method, path, body });
    return { status: answer.status, text: JSON.stringify(changed) };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
