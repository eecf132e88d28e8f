import { dirname, resolve } from 'node:path';
import { failure, type Failure } from '../base/result.js';
import { describeError } from '../base/describe-error.js';
import { compareText } from '../base/compare.js';
import type { z } from 'zod';
import { decodeText } from '../base/decode-text.js';
import { readRegularFile } from '../base/read-file.js';
import { fillIn, type Environment } from './environment.js';
import { showPath, type KeyPath, type Locator } from './locate.js';
import { nearest } from './nearest.js';
import { toRecording } from './recording.js';
import { configSchema, knownKeys, type RawConfig } from './schema.js';
import type { ConfiguredSource, Problem, SectionResult, SourceSection } from './section.js';
import { UserError, type AccountConfig, type Config } from './types.js';
import { MAX_SIZE, parseYaml, YamlError } from './yaml.js';
import { CONFIG_ERRORS, VALUE_ERRORS } from '../wording/configuration.js';

const MAX_NAMED = 50;

const OWNER_TAGS = ['owner', 'owner-email', 'team'];

/**
 * Reads and validates config.yaml; files of the original CloudTracker work unchanged. `${NAME}` in values comes
 * from `env`.
 * @param sources known sources of logs
 * @throws UserError with one line per mistake (file, line, key), without values from the environment
 */
export async function loadConfig<Source extends ConfiguredSource>(
  file: string,
  sources: readonly SourceSection<Source>[],
  env: Environment = process.env,
): Promise<Config<Source>> {
  const text = decodeText(await readConfig(file));
  return parseConfig(text, file, sources, env);
}

/**
 * Parses the configuration in `text`.
 * @param file its path, for messages and as base of relative paths
 * @throws UserError like `loadConfig`
 */
export function parseConfig<Source extends ConfiguredSource>(
  text: string,
  file: string,
  sources: readonly SourceSection<Source>[],
  env: Environment,
): Config<Source> {
  const { tree, locate } = parse(file, text);
  const fail = (problems: readonly Problem[]): never => {
    const lines = problems
      .slice(0, MAX_NAMED)
      .flatMap(({ path, message, example = [] }) => [
        path.length === 0 ? `${file}: ${message}` : `${file}:${locate(path)}: ${showPath(path)} ${message}`,
        ...example,
      ]);
    const more = problems.length > MAX_NAMED ? [CONFIG_ERRORS.more(problems.length - MAX_NAMED)] : [];
    throw new UserError([...lines, ...more]);
  };
  const literal = sources.flatMap((section) => section.literalSecrets(valueIn(tree, [section.key])));
  if (literal.length > 0) return fail(literal);
  const { value, missing } = fillIn(tree, env);
  if (missing.length > 0) {
    return fail(
      missing.map(({ path, variable }) => ({
        path,
        message: CONFIG_ERRORS.unsetVariable(variable),
      })),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail([
      {
        path: [],
        message: CONFIG_ERRORS.noKeys(sources.map(({ key }) => key)),
      },
    ]);
  const parsed = configSchema(sources).safeParse(value);
  if (!parsed.success)
    return fail(parsed.error.issues.flatMap((issue) => explain(issue, value, tree, sources)));
  const raw = parsed.data;
  const folder = dirname(resolve(file));
  const source = readSource(raw, folder, sources);
  const problems = [...duplicates(raw), ...(source.ok ? [] : source.error)];
  if (!source.ok || problems.length > 0) return fail(problems);
  return {
    file: resolve(file),
    accounts: raw.accounts.map((account) => toAccount(account, raw.recording, folder)),
    source: source.value,
    exemptions: (raw.exemptions ?? []).map(({ expires, ...exemption }) => ({
      ...exemption,
      expires: expires ?? null,
    })),
    ownerTags: raw.owner_tags ?? OWNER_TAGS,
    dataEvents: [...new Set(raw.data_events)].sort(compareText),
  };
}

/** @param folder base of relative paths */
function toAccount(
  account: RawConfig['accounts'][number],
  recording: RawConfig['recording'],
  folder: string,
): AccountConfig {
  const { scp, boundary, credential_report: report, owner } = account;
  return {
    name: account.name,
    id: account.id,
    iam: resolve(folder, account.iam),
    ...(scp === undefined ? {} : { scp: scp.map((path) => resolve(folder, path)) }),
    ...(boundary === undefined ? {} : { boundary: boundary.map((path) => resolve(folder, path)) }),
    ...(report === undefined ? {} : { credentialReport: resolve(folder, report) }),
    ...(owner === undefined ? {} : { owner }),
    ...(account.quiet === 'true' ? { quiet: true as const } : {}),
    ...(recording === undefined && account.recording === undefined
      ? {}
      : { recording: { ...toRecording(recording), ...toRecording(account.recording) } }),
  };
}

/** Reads a configuration file. @throws UserError */
export async function readConfig(file: string): Promise<Buffer> {
  try {
    return await readRegularFile(file, MAX_SIZE);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') {
      throw new UserError(CONFIG_ERRORS.absent(file));
    }
    throw new UserError(CONFIG_ERRORS.unreadable(file, describeError(error)));
  }
}

function parse(file: string, text: string): { tree: unknown; locate: Locator } {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const line = error.line === undefined ? '' : `:${error.line}`;
    throw new UserError(`${file}${line}: ${error.message}`);
  }
}

function readSource<Source extends ConfiguredSource>(
  raw: RawConfig,
  folder: string,
  sources: readonly SourceSection<Source>[],
): SectionResult<Source> {
  const given = sources.filter(({ key }) => valueIn(raw, [key]) !== undefined);
  const [section, other] = given;
  if (section !== undefined && other !== undefined)
    return fail([other.key], CONFIG_ERRORS.secondSource(section.key));
  if (section !== undefined)
    return section.read(valueIn(raw, [section.key]), { folder, topIndex: raw.index });
  if (raw.athena !== undefined)
    return fail(['athena'], CONFIG_ERRORS.athena.message, CONFIG_ERRORS.athena.example);
  const forms = sources.flatMap(({ example: { use, lines } }) => [
    `${use}:`,
    ...lines.map((line) => `  ${line}`),
  ]);
  return fail([], CONFIG_ERRORS.noSource, forms);
}

const fail = (path: KeyPath, message: string, example: readonly string[] = []): Failure<readonly Problem[]> =>
  failure([{ path, message, example }]);

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
          message: CONFIG_ERRORS.duplicate(showPath([list, before])),
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

function explain(
  issue: z.core.$ZodIssue,
  value: unknown,
  tree: unknown,
  sources: readonly SourceSection[],
): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      // Computed only for displayed problems, because the search takes long.
      get message() {
        return unknownKey(path, key, sources);
      },
    }));
  }
  if (valueIn(value, path) === undefined) return [{ path, message: VALUE_ERRORS.missing }];
  // The value as written, never from the environment; IDs are not secret.
  const written = valueIn(tree, path);
  const shown = path.at(-1) === 'id' && typeof written === 'string' ? `"${written}" ` : '';
  return [{ path, message: `${shown}${issue.message}` }];
}

function unknownKey(path: KeyPath, key: string, sources: readonly SourceSection[]): string {
  const known = knownKeys(path, sources);
  const moved = sources.find((section) => section.key === path[0])?.moved.get(key);
  if (moved !== undefined) return CONFIG_ERRORS.movedKey(moved);
  return CONFIG_ERRORS.unknownKey(nearest(key, known), known);
}

function valueIn(node: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((parent, key) => {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
    return (parent as Readonly<Record<string | number, unknown>>)[key];
  }, node);
}
