import { principalPath } from '../../report/paths.js';
import type { Sink } from '../../report/staging/hash-file.js';

const LINE_FEED = 0x0a;
/** A line starts with ARN, unique ID and type. IAM limits ARNs to 2,048 characters and IDs to 128. */
const BEGINNING = 1 << 14;
const HEAD = /^\{"arn":"(?:[^"\\]|\\.)*","id":("(?:[^"\\]|\\.)*"),"type":"(user|role)"/;

export interface PrincipalLinesFacts {
  readonly rows: number;
  readonly users: number;
  readonly roles: number;
  /** Page of each principal, relative to the report. */
  readonly pages: ReadonlySet<string>;
}

/** Reads the start of each line in principals.ndjson: a whole line can have a megabyte. */
export class PrincipalLines implements Sink {
  readonly #accountId: string;
  readonly #counts = { user: 0, role: 0 };
  readonly #pages = new Set<string>();
  #beginning: Buffer[] = [];
  #length = 0;
  #rows = 0;
  #begun = false;

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  take(piece: Buffer): void {
    for (let at = 0; at < piece.length;) {
      const end = piece.indexOf(LINE_FEED, at);
      this.#add(piece.subarray(at, end < 0 ? piece.length : end));
      if (end < 0) return;
      this.#finishLine();
      at = end + 1;
    }
  }

  #add(bytes: Buffer): void {
    this.#begun ||= bytes.length > 0;
    if (this.#length >= BEGINNING) return;
    const part = Buffer.from(bytes.subarray(0, BEGINNING - this.#length));
    this.#beginning.push(part);
    this.#length += part.length;
  }

  #finishLine(): void {
    this.#rows += 1;
    const [, id, type] = HEAD.exec(Buffer.concat(this.#beginning).toString('utf8')) ?? [];
    if (id !== undefined && (type === 'user' || type === 'role')) {
      this.#counts[type] += 1;
      this.#pages.add(principalPath({ accountId: this.#accountId, type, id: unescaped(id) }));
    }
    this.#beginning = [];
    this.#length = 0;
    this.#begun = false;
  }

  facts(): PrincipalLinesFacts {
    if (this.#begun) this.#finishLine();
    return { rows: this.#rows, users: this.#counts.user, roles: this.#counts.role, pages: this.#pages };
  }
}

/** With a control character it is not valid JSON, and not a valid ID. */
function unescaped(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}
