import { at } from '../base/checked.js';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describeError } from '../base/describe-error.js';
import { z } from 'zod';
import { JsonError, parseJson } from '../base/json.js';
import { readRegularFile, streamRegularFile } from '../base/read-file.js';
import { UserError } from '../config/types.js';
import type { SnapshotSource } from '../review/since-last-review/snapshot.js';
import { PREVIOUS_REPORT_ERRORS } from '../wording/previous-report.js';

const text = z.string();
const names = z.array(text);

const manifestShape = z.object({
  schemaVersion: z.number(),
  tool: z.object({ name: z.literal('cloudtracker'), version: text }),
  outputs: z.array(z.object({ path: text, sha256: text })),
});
const reportShape = z.object({
  schemaVersion: z.number(),
  review: z.object({
    id: text,
    period: z.object({ start: text, end: text }),
    actionData: z.object({ updatedAt: text, actions: z.number() }),
  }),
  accounts: z.array(z.object({ id: text.regex(/^\d{12}$/), name: text })),
});
const catalogShape = z.object({ services: z.record(text, names) });
const grantedBy = z.array(z.object({ service: text, grantedBy: names }));
/** Both versions have the fields that are read. */
const READABLE: readonly number[] = [1, 2];

/**
 * Before version 2 it was a name, or an ARN if no file had the document. A name contains no colon (IAM and STS quotas: IAM name
 * requirements).
 */
const boundary = z.union([
  z.object({ arn: text, name: text, missing: z.boolean() }),
  text.transform((name) => ({ arn: name, name, missing: name.includes(':') })),
]);

/** Fields that are read from a line of principals.ndjson. */
const principalShape = z.object({
  arn: text,
  id: text,
  type: z.enum(['user', 'role']),
  name: text,
  accountId: text,
  accountName: text,
  state: z.enum(['active', 'inactive', 'incomplete']),
  tags: names,
  groups: names,
  boundary: boundary.nullable(),
  missingPolicies: names,
  used: z.array(z.object({ action: text, grantedBy: names })),
  unused: names,
  unknown: names,
  services: grantedBy,
  documents: z.array(z.object({ policy: text, arn: text.nullable(), boundary: z.boolean(), digest: text })),
  trust: z.array(z.object({ value: text, inverted: z.boolean(), conditions: names })),
  credentials: z.object({ console: z.boolean(), activeKeys: z.number() }).nullable(),
}) satisfies z.ZodType<SnapshotSource>;

export type StoredPrincipal = z.infer<typeof principalShape>;

/** Characters. The line of a principal with every action of the catalog has a million. */
const MAX_LINE = 64_000_000;

/** An earlier report, read on demand. Each file is compared with the manifest of the report. */
export class StoredReport {
  readonly folder: string;
  readonly review: z.infer<typeof reportShape>['review'];
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly #sums: ReadonlyMap<string, string>;

  private constructor(
    folder: string,
    sums: ReadonlyMap<string, string>,
    report: z.infer<typeof reportShape>,
  ) {
    this.folder = folder;
    this.#sums = sums;
    this.review = report.review;
    this.accounts = report.accounts;
  }

  /** @throws UserError if the folder has no report, or one that this version cannot read */
  static async open(folder: string): Promise<StoredReport> {
    const manifest = manifestShape.safeParse(await readJson(folder, 'manifest.json'));
    if (!manifest.success) throw new UserError(PREVIOUS_REPORT_ERRORS.noReport(folder));
    const { schemaVersion, tool, outputs } = manifest.data;
    if (!READABLE.includes(schemaVersion)) {
      throw new UserError(PREVIOUS_REPORT_ERRORS.otherVersion(folder, schemaVersion, tool.version, READABLE));
    }
    const sums = new Map(outputs.map(({ path, sha256 }) => [path, sha256]));
    const report = reportShape.safeParse(await readJson(folder, 'json/report.json', sums));
    if (!report.success)
      throw new UserError(
        PREVIOUS_REPORT_ERRORS.shape(join(folder, 'json/report.json'), problem(report.error)),
      );
    return new StoredReport(folder, sums, report.data);
  }

  /**
   * The principals of an account, sorted by ARN.
   * @throws UserError for an unreadable line, and after the last line if the file was changed
   */
  async *principals(accountId: string): AsyncGenerator<StoredPrincipal> {
    const path = `json/${accountId}/principals.ndjson`;
    let line = 0;
    for await (const json of this.#lines(path)) {
      line += 1;
      const where = `${join(this.folder, path)}:${line}`;
      const value = parse(json, where);
      if (typeof value === 'object' && value !== null && !('unused' in value)) {
        throw new UserError(PREVIOUS_REPORT_ERRORS.servicesOnly(this.folder));
      }
      const parsed = principalShape.safeParse(value);
      if (!parsed.success) {
        throw new UserError(PREVIOUS_REPORT_ERRORS.lineShape(where, problem(parsed.error)));
      }
      yield parsed.data;
    }
  }

  /** All actions in the catalog of the report; undefined if the report has none. */
  async listedActions(): Promise<readonly string[] | undefined> {
    const path = 'json/catalog.json';
    if (!this.#sums.has(path)) return undefined;
    const parsed = catalogShape.safeParse(await readJson(this.folder, path, this.#sums));
    if (!parsed.success) return undefined;
    return Object.entries(parsed.data.services).flatMap(([service, actions]) =>
      actions.map((action) => `${service}:${action}`),
    );
  }

  /** Splits at line feeds only: a line can contain other line separators, at which node:readline would split. */
  async *#lines(path: string): AsyncGenerator<string> {
    const hash = createHash('sha256');
    const decoder = new TextDecoder();
    const parts: string[] = [];
    let length = 0;
    try {
      for await (const chunk of streamRegularFile(join(this.folder, path)) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        const [first = '', ...more] = decoder.decode(chunk, { stream: true }).split('\n');
        parts.push(first);
        length += first.length;
        if (length > MAX_LINE)
          throw new UserError(PREVIOUS_REPORT_ERRORS.longLine(join(this.folder, path), MAX_LINE));
        for (const next of more) {
          yield parts.join('');
          parts.length = 0;
          parts.push(next);
          length = next.length;
        }
      }
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw unreadable(join(this.folder, path), error);
    }
    const rest = parts.join('');
    if (rest !== '') yield rest;
    check(this.folder, path, this.#sums, hash.digest('hex'));
  }
}

function check(folder: string, path: string, sums: ReadonlyMap<string, string>, actual: string): void {
  if (sums.get(path) === actual) return;
  throw new UserError(PREVIOUS_REPORT_ERRORS.changed(join(folder, path)));
}

/** @param sums checksums in the manifest; absent for the manifest itself */
async function readJson(folder: string, path: string, sums?: ReadonlyMap<string, string>): Promise<unknown> {
  const file = join(folder, path);
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (sums !== undefined) check(folder, path, sums, createHash('sha256').update(bytes).digest('hex'));
  return parse(bytes.toString('utf8'), file);
}

function parse(json: string, where: string): unknown {
  try {
    return parseJson(json);
  } catch (error) {
    throw error instanceof JsonError
      ? new UserError(PREVIOUS_REPORT_ERRORS.json(where, error.message))
      : error;
  }
}

function unreadable(file: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return new UserError(
    code === 'ENOENT' || code === 'ENOTDIR'
      ? PREVIOUS_REPORT_ERRORS.missing(file)
      : PREVIOUS_REPORT_ERRORS.unreadable(file, describeError(error)),
  );
}

function problem(error: z.ZodError): string {
  const { path, message } = at(error.issues, 0);
  return `${path.join('.')}: ${message}`;
}
