import { readFile } from 'node:fs/promises';
import { Client, errors, type ClientOptions } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { candidateNames, resolveFields, type FieldTable } from './fields.js';
import { describeFailure, PartialAnswer, repeated } from './failures.js';
import { KEEP_ALIVE } from './searcher.js';
import type { Tuning } from './tuning.js';

const CONNECT_ATTEMPTS = 3;

export interface Connection {
  readonly client: Client;
  readonly pit: string;
  /** Null: the indices hold no document, so their fields do not matter. */
  readonly table: FieldTable | null;
  readonly where: string;
}

/** @throws TrailError that names host and index: unreachable, refused, missing, or not mapped as needed */
export async function connect(config: ElasticsearchConfig, tuning: Tuning): Promise<Connection> {
  const host = hostOf(config);
  const client = new Client(await clientOptions(config, tuning));
  // Somebody waits for this answer: fewer tries than for a query in the middle of the work.
  const tries = { ...tuning, attempts: Math.min(tuning.attempts, CONNECT_ATTEMPTS) };
  try {
    return await repeated(() => open(client, config, host), tries);
  } catch (error) {
    await client.close();
    throw error instanceof TrailError ? error : new TrailError(explain(error, host, config.index));
  }
}

async function open(client: Client, config: ElasticsearchConfig, host: string): Promise<Connection> {
  const { index } = config;
  const where = `index ${index} at ${host}`;
  const fields = candidateNames(config.keyPrefix, config.timestampField);
  const capabilities = await client.fieldCaps({ index, fields, allow_no_indices: true });
  if ([capabilities.indices].flat().length === 0)
    throw new TrailError(`No index matches ${index} at ${host}.`);
  const byName = new Map(
    Object.entries(capabilities.fields).map(([name, types]) => [name, Object.keys(types)]),
  );
  const { count, _shards } = await client.count({ index });
  if (_shards.failed > 0) throw new PartialAnswer(`${_shards.failed} of ${_shards.total} shards failed`);
  const table = count === 0 ? null : resolveFields(byName, where, config);
  const { id: pit } = await client.openPointInTime({ index, keep_alive: KEEP_ALIVE });
  return { client, pit, table, where };
}

async function clientOptions(config: ElasticsearchConfig, tuning: Tuning): Promise<ClientOptions> {
  const { auth, ca, cloudId } = config;
  return {
    ...(cloudId === undefined ? { nodes: [...config.nodes] } : { cloud: { id: cloudId } }),
    ...(auth?.kind === 'api_key' ? { auth: { apiKey: auth.apiKey } } : {}),
    ...(auth?.kind === 'basic' ? { auth: { username: auth.username, password: auth.password } } : {}),
    ...(ca === undefined ? {} : { tls: { ca: await readCa(ca) } }),
    // Failures are repeated by the Searcher, which knows which of them are worth it.
    maxRetries: 0,
    requestTimeout: tuning.requestTimeout,
    redaction: { type: 'remove' },
  };
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new TrailError(`The certificate file ${path} (elasticsearch.ca) cannot be read.`);
  }
}

/** Without the user name and password that a node's address may hold. */
function hostOf(config: ElasticsearchConfig): string {
  if (config.cloudId !== undefined) return `Elastic Cloud deployment ${config.cloudId.split(':')[0] ?? ''}`;
  return config.nodes
    .map((node) => {
      try {
        return new URL(node).host;
      } catch {
        return 'an address that is no URL';
      }
    })
    .join(', ');
}

function explain(error: unknown, host: string, index: string): string {
  if (error instanceof errors.ResponseError) {
    switch (error.statusCode) {
      case 401:
        return `Elasticsearch at ${host} refused the credentials for index ${index}: check api_key, or username and password.`;
      case 403:
        return `Elasticsearch at ${host} does not allow these credentials to read index ${index}: grant read and view_index_metadata on it.`;
      case 404:
        return `Elasticsearch at ${host} has no index ${index}.`;
    }
  }
  if (error instanceof errors.ProductNotSupportedError) {
    return `What answers at ${host} is not Elasticsearch 8 or newer, so index ${index} cannot be read.`;
  }
  const { reason } = describeFailure(error);
  const detail = error instanceof errors.ConnectionError ? causeOf(error) : '';
  return `Elasticsearch at ${host} cannot be asked for index ${index}: ${reason}${detail}.`;
}

/** ECONNREFUSED, a certificate that is not trusted, …: what a user can act on. */
function causeOf(error: Error): string {
  const line = error.message.split('\n')[0] ?? '';
  return line === '' ? '' : ` (${line.replaceAll(/\/\/[^/@\s]*@/g, '//')})`;
}
