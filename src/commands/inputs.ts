import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeText } from '../base/decode-text.js';
import { tryParseJson } from '../base/json.js';
import { readRegularFile } from '../base/read-file.js';
import { nameOf } from '../config/describe.js';
import { readConfig } from '../config/load.js';
import { UserError, type AccountConfig, type Config } from '../config/types.js';
import type { InputFile } from '../report/manifest.js';
import { sha256Of } from '../report/staging/sums.js';
import type { PreviousReviewOptions } from './since-last-review.js';
import { REPORT_ERRORS } from '../wording/commands.js';

export interface Inputs {
  /** config.yaml as written, before variables are replaced. */
  readonly config: { readonly name: string; readonly sha256: string };
  readonly files: readonly InputFile[];
  /** @throws UserError if a file has changed: the report would not match the files in the manifest */
  checkUnchanged(): Promise<void>;
}

/**
 * Describes all input files of a report except logs. Call it before the files are read for the report. An
 * unreadable file is left out.
 */
export async function describeInputs(
  config: Config,
  accounts: readonly AccountConfig[],
  { previous, decisions }: Pick<PreviousReviewOptions, 'previous' | 'decisions'> = {},
): Promise<Inputs> {
  const folder = dirname(config.file);
  const wanted = [
    ...list('iam', accounts, ({ iam }) => [iam]),
    ...list('scp', accounts, ({ scp }) => scp ?? []),
    ...list('boundary', accounts, ({ boundary }) => boundary ?? []),
    ...list('credential-report', accounts, ({ credentialReport }) =>
      credentialReport === undefined ? [] : [credentialReport],
    ),
    ...(config.source.inputs ?? []).map(({ kind, path }) => ofNoAccount(kind, path)),
    ...(previous === undefined ? [] : [ofNoAccount('previous', join(previous, 'manifest.json'))]),
    ...(decisions === undefined ? [] : [ofNoAccount('decisions', decisions)]),
  ];
  const states = new Map<string, string>();
  const read = async (path: string, reader = readRegularFile): Promise<Buffer> => {
    states.set(path, await stateOf(path));
    return reader(path);
  };
  const written = await read(config.file, readConfig);
  const files: InputFile[] = [];
  for (const { kind, path, accountIds } of wanted) {
    let text: string;
    let content: Buffer;
    try {
      content = await read(path);
      text = decodeText(content);
    } catch {
      // The code that reads the file for the report explains the problem.
      continue;
    }
    files.push({
      kind,
      name: nameOf(path, folder),
      accounts: accountIds,
      sha256: sha256Of(content),
      bytes: content.length,
      ...seenIn(kind, text),
    });
  }
  return {
    config: { name: nameOf(config.file, folder), sha256: sha256Of(written) },
    files,
    checkUnchanged: async () => {
      for (const [path, before] of states) {
        if ((await stateOf(path)) === before) continue;
        throw new UserError(REPORT_ERRORS.inputChanged(path));
      }
    },
  };
}

interface FileToHash {
  readonly kind: InputFile['kind'];
  readonly path: string;
  readonly accountIds: readonly string[];
}

const ofNoAccount = (kind: InputFile['kind'], path: string): FileToHash => ({ kind, path, accountIds: [] });

/** Each file once, with the accounts that use it. */
function list(
  kind: InputFile['kind'],
  accounts: readonly AccountConfig[],
  paths: (account: AccountConfig) => readonly string[],
): FileToHash[] {
  const byPath = new Map<string, string[]>();
  for (const account of accounts)
    for (const path of paths(account)) byPath.set(path, [...(byPath.get(path) ?? []), account.id]);
  return [...byPath].map(([path, accountIds]) => ({ kind, path, accountIds }));
}

/** Changes with every write, even if the write restores the old time. */
async function stateOf(path: string): Promise<string> {
  const info = await stat(path, { bigint: true }).catch(() => undefined);
  return info === undefined ? 'gone' : [info.size, info.mtimeNs, info.ctimeNs, info.ino].join(' ');
}

const LISTS = {
  UserDetailList: 'users',
  GroupDetailList: 'groups',
  RoleDetailList: 'roles',
  Policies: 'policies',
};

/** Number of entries in a file, and its newest time. The code that reads the file for the report explains problems. */
function seenIn(kind: InputFile['kind'], text: string): Pick<InputFile, 'records' | 'newest'> {
  const records: Record<string, number> = {};
  if (kind === 'iam') {
    const json = tryParseJson(text);
    for (const [key, name] of Object.entries(LISTS)) {
      const entries: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, key) : undefined;
      if (Array.isArray(entries)) records[name] = entries.length;
    }
    return { records, newest: newestOf(text, /"(?:CreateDate|UpdateDate|LastUsedDate)"\s*:\s*"([^"]+)"/g) };
  }
  if (kind !== 'credential-report') return { records, newest: null };
  records['users'] = Math.max(0, text.trim().split('\n').length - 1);
  return { records, newest: newestOf(text, /(?<=^|,)(\d{4}-\d\d-\d\dT[^,\r\n]+)/gm) };
}

/** ISO 8601 UTC with seconds. */
function newestOf(text: string, pattern: RegExp): string | null {
  let newest = -Infinity;
  for (const [, written = ''] of text.matchAll(pattern)) {
    const time = Date.parse(written);
    if (time > newest) newest = time;
  }
  return newest === -Infinity ? null : `${new Date(newest).toISOString().slice(0, 19)}Z`;
}
