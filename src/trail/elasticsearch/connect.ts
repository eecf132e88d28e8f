import type { Client } from '@elastic/elasticsearch';
import type { ElasticsearchConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { createClient, hostOf } from './client.js';
import { explain, isTlsFailure } from './explain.js';
import { candidateNames, resolveFields, type FieldTable } from './fields.js';
import { checkWhole } from './failures.js';
import { PointInTime } from './point-in-time.js';
import { repeated } from './retry.js';
import type { Tuning } from './tuning.js';

const CONNECT_ATTEMPTS = 3;

export interface Connection {
  readonly client: Client;
  readonly pit: PointInTime;
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
  const tries = {
    retryDelay: tuning.retryDelay,
    attempts: Math.min(tuning.attempts, CONNECT_ATTEMPTS),
  };
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
  const counted = await client.count({ index });
  checkWhole(counted);
  const table = counted.count === 0 ? null : resolveFields(byName, where, config);
  const pit = await PointInTime.open(client, index);
  return { client, pit, table, where };
}
