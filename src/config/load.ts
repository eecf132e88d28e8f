import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FAILSAFE_SCHEMA, load, mergeTag, nullCoreTag, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { decodeText } from '../decode-text.js';
import { readElasticsearch } from './elasticsearch.js';
import { fillIn, type Environment } from './environment.js';
import { locateKeys, showPath, type KeyPath, type Locator } from './locate.js';
import { nearest } from './nearest.js';
import { toRecording } from './recording.js';
import { configSchema, knownKeys, type RawConfig } from './schema.js';
import { literalSecrets } from './secrets.js';
import { UserError, type Config, type SourceConfig } from './types.js';

/** A mistake and the key it is about. */
interface Problem {
  readonly path: KeyPath;
  readonly message: string;
}

const FORMS = `Say where the CloudTrail logs are, in one of two forms:
  elasticsearch:
    host: localhost
    port: 9200
    index: cloudtrail
or, for a folder with the files as CloudTrail delivers them:
  files:
    path: ./logs`;

const ATHENA = `Athena is not supported. Copy the logs from the bucket, for example with
  aws s3 sync s3://BUCKET/PREFIX/AWSLogs ./logs/AWSLogs
and put this in the place of athena:
  files:
    path: ./logs`;

const OWNER_TAGS = ['owner', 'owner-email', 'team'];

/** What elasticsearch-py took as connection options, and its place here. */
const MOVED = new Map([
  ['use_ssl', 'write the scheme into host: https://…'],
  ['scheme', 'write the scheme into host: https://…'],
  ['http_auth', 'use username and password'],
  ['ca_certs', 'use ca'],
  ['url', 'use node'],
]);

/**
 * Reads and checks config.yaml; the original CloudTracker's files work as they are. `${NAME}` in values comes from `env`.
 * @throws UserError with one line for each mistake (file, line, key); values from the environment are never in it
 */
export async function loadConfig(file: string, env: Environment = process.env): Promise<Config> {
  return parseConfig(await readText(file), file, env);
}

/**
 * The configuration in `text`.
 * @param file where it stands: for messages, and relative paths are relative to its folder
 * @throws UserError as `loadConfig`
 */
export function parseConfig(text: string, file: string, env: Environment): Config {
  const { tree, locate } = parse(file, text);
  const fail = (problems: readonly Problem[]): never => {
    const lines = problems.map(({ path, message }) =>
      path.length === 0 ? `${file}: ${message}` : `${file}:${locate(path)}: ${showPath(path)} ${message}`,
    );
    throw new UserError(lines.join('\n'));
  };
  const literal = literalSecrets(tree);
  if (literal.length > 0) return fail(literal);
  const { value, missing } = fillIn(tree, env);
  if (missing.length > 0) {
    return fail(
      missing.map(({ path, variable }) => ({
        path,
        message: `needs the environment variable ${variable}, which is not set or empty`,
      })),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail([{ path: [], message: 'holds no keys: it needs accounts, and elasticsearch or files' }]);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) return fail(parsed.error.issues.flatMap((issue) => explain(issue, value, tree)));
  const raw = parsed.data;
  const folder = dirname(resolve(file));
  const source = readSource(raw, folder);
  const problems = [...duplicates(raw), ...source.problems];
  if (source.config === undefined || problems.length > 0) return fail(problems);
  return {
    file: resolve(file),
    accounts: raw.accounts.map((account) => ({
      name: account.name,
      id: account.id,
      iam: resolve(folder, account.iam),
      ...(account.scp === undefined ? {} : { scp: account.scp.map((path) => resolve(folder, path)) }),
      ...(account.boundary === undefined
        ? {}
        : { boundary: account.boundary.map((path) => resolve(folder, path)) }),
      ...(account.credential_report === undefined
        ? {}
        : { credentialReport: resolve(folder, account.credential_report) }),
      ...(account.owner === undefined ? {} : { owner: account.owner }),
      ...(account.quiet === 'true' ? { quiet: true as const } : {}),
      ...(raw.recording === undefined && account.recording === undefined
        ? {}
        : { recording: { ...toRecording(raw.recording), ...toRecording(account.recording) } }),
    })),
    source: source.config,
    exemptions: (raw.exemptions ?? []).map(({ expires, ...exemption }) => ({
      ...exemption,
      expires: expires ?? null,
    })),
    ownerTags: raw.owner_tags ?? OWNER_TAGS,
    dataEvents: [...new Set(raw.data_events)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') {
      throw new UserError(
        `There is no configuration ${file}. --config names another; data/demo/config.yaml is an example.`,
      );
    }
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parse(file: string, text: string): { tree: unknown; locate: Locator } {
  try {
    const tree: unknown = load(text, {
      schema: FAILSAFE_SCHEMA.withTags(nullCoreTag, mergeTag),
      maxAliases: 100,
    });
    return { tree, locate: locateKeys(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // Not the exception's own message: it quotes the lines around the mistake, and with them perhaps a secret.
    const line = error.mark === undefined ? '' : `:${error.mark.line + 1}`;
    throw new UserError(`${file}${line}: not valid YAML: ${error.reason}`);
  }
}

function readSource(raw: RawConfig, folder: string): { config?: SourceConfig; problems: readonly Problem[] } {
  if (raw.elasticsearch !== undefined && raw.files !== undefined) {
    return {
      problems: [{ path: ['files'], message: 'cannot stand beside elasticsearch: keep one of them' }],
    };
  }
  if (raw.files !== undefined) {
    if (raw.index !== undefined)
      return { problems: [{ path: ['index'], message: 'goes with elasticsearch: files have no index' }] };
    return { config: { kind: 'files', files: { path: resolve(folder, raw.files.path) } }, problems: [] };
  }
  if (raw.elasticsearch !== undefined) {
    const result = readElasticsearch(raw.elasticsearch, folder, raw.index);
    if (result.ok) return { config: { kind: 'elasticsearch', elasticsearch: result.config }, problems: [] };
    return {
      problems: result.mistakes.map(({ key, message }) => ({
        path: key === '' ? ['elasticsearch'] : ['elasticsearch', key],
        message,
      })),
    };
  }
  if (raw.athena !== undefined)
    return { problems: [{ path: ['athena'], message: `cannot be used. ${ATHENA}` }] };
  return { problems: [{ path: [], message: `has no source. ${FORMS}` }] };
}

function duplicates(raw: RawConfig): Problem[] {
  const problems: Problem[] = [];
  const check = (list: 'accounts' | 'exemptions', key: string, values: readonly string[]): void => {
    const seen = new Map<string, number>();
    values.forEach((value, i) => {
      const before = seen.get(value);
      if (before === undefined) seen.set(value, i);
      else
        problems.push({
          path: [list, i, key],
          message: `is the same as that of ${showPath([list, before])}`,
        });
    });
  };
  check(
    'accounts',
    'name',
    raw.accounts.map((account) => account.name),
  );
  check(
    'accounts',
    'id',
    raw.accounts.map((account) => account.id),
  );
  check(
    'exemptions',
    'id',
    (raw.exemptions ?? []).map((exemption) => exemption.id),
  );
  return problems;
}

function explain(issue: z.core.$ZodIssue, value: unknown, tree: unknown): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(path, key) }));
  }
  if (at(value, path) === undefined) return [{ path, message: 'is missing' }];
  // The value as written, never the one from the environment; ids are no secret.
  const written = at(tree, path);
  const shown = path.at(-1) === 'id' && typeof written === 'string' ? `"${written}" ` : '';
  return [{ path, message: `${shown}${issue.message}` }];
}

function unknownKey(path: KeyPath, key: string): string {
  const known = knownKeys(path);
  const moved = path[0] === 'elasticsearch' ? MOVED.get(key) : undefined;
  if (moved !== undefined) return `is not a key of this version: ${moved}`;
  const meant = nearest(key, known);
  return `is not a known key${meant === undefined ? `; known here: ${known.join(', ')}` : `: did you mean ${meant}?`}`;
}

function at(node: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((parent, key) => {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
    return (parent as Readonly<Record<string | number, unknown>>)[key];
  }, node);
}
