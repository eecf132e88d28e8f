import type { Client } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { createClient, hostOf } from './client.js';
import { explain, isTlsFailure } from './explain.js';
import { candidateNames, resolveFields, type FieldTable } from './fields.js';
import { PartialAnswer, repeated } from './failures.js';
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
  const client = await createClient(config, { requestTimeout: tuning.requestTimeout });
  const message = (error: unknown): string => explain(error, { config, index: config.index, to: 'read' });
  // Somebody waits for this answer: fewer tries than for a query in the middle of the work.
  const tries = { ...tuning, attempts: Math.min(tuning.attempts, CONNECT_ATTEMPTS) };
  try {
    return await repeated(async () => {
      try {
        return await open(client, config, host);
      } catch (error) {
        throw isTlsFailure(error) ? new TrailError(message(error)) : error;
      }
    }, tries);
  } catch (error) {
    await client.close();
    throw error instanceof TrailError ? error : new TrailError(message(error));
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
