import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
  /** Paths of PEM files. */
  readonly cert: string;
  readonly key: string;
}

export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A certificate authority in a new folder. */
export class Authority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cloudtracker-ca-'));
  readonly cert = join(this.#folder, 'ca.crt');
  readonly #key = join(this.#folder, 'ca.key');
  #serial = 0;

  constructor(name: string) {
    const subject = ['-subj', `/CN=${name}`, '-days', '2'];
    openssl('req', '-x509', ...NEW_KEY, '-keyout', this.#key, '-out', this.cert, ...subject);
  }

  /** `AB:CD:…`, SHA-256. */
  get fingerprint(): string {
    return openssl('x509', '-in', this.cert, '-noout', '-fingerprint', '-sha256').split('=')[1]?.trim() ?? '';
  }

  /**
   * A certificate for names such as `IP:127.0.0.1`, followed by the certificate of the authority, as servers send
   * them.
   */
  issue(names: string, { expired = false, passphrase = '' } = {}): Pair {
    this.#serial += 1;
    const file = (end: string): string => join(this.#folder, `${this.#serial}.${end}`);
    openssl('req', ...NEW_KEY, '-keyout', file('key'), '-out', file('csr'), '-subj', '/CN=test');
    writeFileSync(file('ext'), `subjectAltName=${names}\n`);
    const sign = (...validity: string[]): string =>
      openssl(
        ...['x509', '-req', '-in', file('csr'), '-CA', this.cert, '-CAkey', this.#key, '-CAcreateserial'],
        ...['-extfile', file('ext'), '-out', file('crt'), ...validity],
      );
    if (!expired) sign('-days', '2');
    else signExpired(sign);
    writeFileSync(file('chain'), readFileSync(file('crt'), 'utf8') + readFileSync(this.cert, 'utf8'));
    if (passphrase === '') return { cert: file('chain'), key: file('key') };
    openssl('pkey', '-in', file('key'), '-aes256', '-passout', `pass:${passphrase}`, '-out', file('locked'));
    return { cert: file('chain'), key: file('locked') };
  }
}

/** OpenSSL before 3.4 has no dates here, and some later versions accept no negative days. */
function signExpired(sign: (...validity: string[]) => string): void {
  try {
    sign('-days', '-1');
  } catch {
    sign('-not_before', '20200101000000Z', '-not_after', '20200102000000Z');
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
