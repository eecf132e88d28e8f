import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { lineOf } from './line-of.js';
import { configSchema, type ConfigFile } from './schema.js';
import { UserError, type Config, type ElasticsearchConfig, type SourceConfig } from './types.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks config.yaml. `${NAME}` in a value is replaced by the environment's; relative paths are relative to the file.
 * @throws UserError that names the file, the key and the line
 */
export async function loadConfig(file: string, env: Environment = process.env): Promise<Config> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'does not exist'
        : 'cannot be read';
    throw new UserError(
      `The configuration ${path} ${reason}. Name another with --config FILE; data/demo/config.yaml is an example.`,
    );
  });
  return parseConfig(text, path, env);
}

/** @param path absolute path of the file, for messages and relative paths */
export function parseConfig(text: string, path: string, env: Environment): Config {
  const raw = parseYaml(text, path);
  if (typeof raw === 'object' && raw !== null && 'athena' in raw) {
    throw new UserError(
      `${path}: athena is not supported. Copy the logs with "aws s3 sync" and name their folder: files: {path: FOLDER}.`,
    );
  }
  const result = configSchema.safeParse(substitute(raw, [], text, path, env));
  if (!result.success) throw new UserError(describe(result.error.issues, text, path));
  const config = result.data;
  checkDuplicates(config, text, path);
  const absolute = (relative: string): string => resolve(dirname(path), relative);
  return {
    file: path,
    accounts: config.accounts.map(({ name, id, iam, scp, credential_report }) => ({
      name,
      id,
      iam: absolute(iam),
      ...(scp === undefined ? {} : { scp: absolute(scp) }),
      ...(credential_report === undefined ? {} : { credentialReport: absolute(credential_report) }),
    })),
    source: sourceOf(config, path, absolute),
    exemptions: (config.exemptions ?? []).map((entry) => ({ ...entry, expires: entry.expires ?? null })),
    dataEvents: config.data_events ?? [],
  };
}

function parseYaml(text: string, path: string): unknown {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    throw new UserError(`${path} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Path = readonly PropertyKey[];

function substitute(value: unknown, at: Path, text: string, file: string, env: Environment): unknown {
  if (Array.isArray(value)) return value.map((item, i) => substitute(item, [...at, i], text, file, env));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, substitute(item, [...at, key], text, file, env)]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const found = env[name];
    if (found === undefined || found === '') {
      throw new UserError(
        `${file}, line ${lineOf(text, at)}, ${at.join('.')}: the environment variable ${name} is not set.`,
      );
    }
    return found;
  });
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: Path;
  readonly message: string;
  readonly keys?: readonly string[];
}

function describe(issues: readonly Issue[], text: string, file: string): string {
  const lines = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? []).map(
        (key) =>
          `${file}, line ${lineOf(text, [...issue.path, key])}: unknown key "${[...issue.path, key].join('.')}"`,
      );
    }
    const where = issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
    const what = issue.message.includes('received undefined') ? 'is missing' : issue.message;
    return [`${file}, line ${lineOf(text, issue.path)}: ${where} ${what}`];
  });
  return `${lines.join('\n')}\nThe keys are described in README.md, "Configuration".`;
}

function checkDuplicates(config: ConfigFile, text: string, file: string): void {
  for (const key of ['id', 'name'] as const) {
    const seen = new Set<string>();
    for (const [i, account] of config.accounts.entries()) {
      if (seen.has(account[key])) {
        const line = lineOf(text, ['accounts', i, key]);
        throw new UserError(`${file}, line ${line}: two accounts have the ${key} "${account[key]}".`);
      }
      seen.add(account[key]);
    }
  }
}

function sourceOf(config: ConfigFile, file: string, absolute: (path: string) => string): SourceConfig {
  const { files, elasticsearch } = config;
  if (files !== undefined && elasticsearch !== undefined) {
    throw new UserError(
      `${file}: "files" and "elasticsearch" are both there; the logs come from one of them.`,
    );
  }
  if (files !== undefined) return { kind: 'files', files: { path: absolute(files.path) } };
  if (elasticsearch !== undefined) {
    return { kind: 'elasticsearch', elasticsearch: elasticsearchOf(config, elasticsearch, file, absolute) };
  }
  throw new UserError(
    `${file} does not say where the logs are. Add one of:\n  files: {path: FOLDER}\n  elasticsearch: {host: HOST, port: 9200, index: cloudtrail}`,
  );
}

function elasticsearchOf(
  config: ConfigFile,
  section: NonNullable<ConfigFile['elasticsearch']>,
  file: string,
  absolute: (path: string) => string,
): ElasticsearchConfig {
  const { host, port, node, nodes, cloud_id, api_key, username, password, ca } = section;
  const urls = nodes ?? (node === undefined ? (host === undefined ? [] : [urlOf(host, port)]) : [node]);
  if (urls.length === 0 && cloud_id === undefined) {
    throw new UserError(`${file}: "elasticsearch" needs a host, node, nodes or cloud_id.`);
  }
  if ((username === undefined) !== (password === undefined)) {
    throw new UserError(`${file}: "elasticsearch" needs username and password together.`);
  }
  return {
    nodes: urls,
    index: section.index ?? config.index ?? 'cloudtrail',
    keyPrefix: (section.key_prefix ?? '').replace(/\.$/, ''),
    timestampField: section.timestamp_field ?? 'eventTime',
    mapping: section.mapping ?? 'auto',
    ...(cloud_id === undefined ? {} : { cloudId: cloud_id }),
    ...(ca === undefined ? {} : { ca: absolute(ca) }),
    ...(api_key === undefined ? {} : { auth: { kind: 'api_key' as const, apiKey: api_key } }),
    ...(username === undefined || password === undefined || api_key !== undefined
      ? {}
      : { auth: { kind: 'basic' as const, username, password } }),
  };
}

function urlOf(host: string, port: string | undefined): string {
  const url = /^https?:\/\//.test(host) ? host : `http://${host}`;
  return /:\d+\/?$/.test(url) ? url : `${url.replace(/\/$/, '')}:${port ?? '9200'}`;
}
