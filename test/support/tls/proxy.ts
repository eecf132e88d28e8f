import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Pair } from './certificates.js';

export interface ProxyOptions {
  readonly target: string;
  readonly server: Pair;
  /** Required Authorization header; other requests get 401. */
  readonly authorization?: string;
  /** Path of the authority of accepted client certificates. */
  readonly clientAuthority?: string;
}

/** A proxy with TLS and authentication in front of Elasticsearch, like its security features. */
export class TlsProxy {
  /** `POST /_search`, without the query string, of all accepted requests. */
  readonly requests: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(options: ProxyOptions): Promise<TlsProxy> {
    const { target, server, authorization, clientAuthority } = options;
    const https = createServer({
      cert: readFileSync(server.cert),
      key: readFileSync(server.key),
      ...(clientAuthority === undefined
        ? {}
        : { ca: readFileSync(clientAuthority), requestCert: true, rejectUnauthorized: true }),
    });
    const proxy = new TlsProxy(https);
    https.on('request', (incoming, outgoing) => {
      if (incoming.headers.authorization !== authorization) {
        const body = JSON.stringify({ error: { type: 'security_exception', reason: 'no' }, status: 401 });
        incoming.resume();
        outgoing.writeHead(401, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
        outgoing.end(body);
        return;
      }
      const path = incoming.url ?? '';
      proxy.requests.push(`${incoming.method ?? ''} ${path.split('?')[0] ?? ''}`);
      const { method, headers } = incoming;
      delete headers.authorization;
      const onward = request(`${target}${path}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}
