import { HOUR_MS } from '../../base/time.js';
import { assumedRole } from '../identity.js';
import type { StringInterner } from '../string-interner.js';
import type { DistinctStarts } from '../distinct-starts.js';
import { LOOKBACK_HOURS } from '../sessions.js';
import type { SessionStart } from '../types.js';
import { eventFingerprint } from './duplicates.js';
import type { FieldTable } from './fields.js';
import { foldHits, type Hit, type HitRequest } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName, Values } from './layouts.js';
import { withOriginal } from './original.js';
import { actorOf, isInScope, RECORD_FIELDS, SESSION_KEY } from './rows.js';
import {
  hasErrorCode,
  hasTooLongValue,
  isNetworkActivity,
  partitionQuery,
  startsSession,
  type More,
  type Query,
  type IndexPartition,
} from './partitions.js';

const ROLE = 'requestParameters.roleArn';
const KEY = 'responseElements.credentials.accessKeyId';
const ASSUMED = 'responseElements.assumedRoleUser.arn';

/** All fields of a start, unless its role must be found elsewhere. They are sent a hundred thousand times. */
const PLAIN_FIELDS: readonly FieldName[] = [
  // The same for all: one source, and API calls.
  ...RECORD_FIELDS.filter((field) => field !== 'eventSource' && field !== 'eventType'),
  'eventID',
  'sharedEventID',
  SESSION_KEY,
  ROLE,
  KEY,
];

interface Found {
  readonly seen: Set<string>;
  readonly starts: SessionStart[];
  unnamed: number;
  /** Whether the record may have more than its doc values. */
  mayLack: boolean;
}

const nothing = (): Found => ({ seen: new Set(), starts: [], unnamed: 0, mayLack: false });

/** Reads the starts of role sessions, including earlier ones that can last into the period. @throws QueryFailedError */
export async function readStarts(
  reader: IndexReader,
  partition: IndexPartition,
  interner: StringInterner,
  starts: DistinctStarts,
): Promise<void> {
  for (const found of await foundIn(reader, partition, interner)) {
    for (const start of found.starts) starts.add(start);
    reader.count('sessionStarts', found.starts.length);
    reader.count('sessionStartsWithoutRole', found.unnamed);
    const withoutKey = found.starts.filter(({ sessionKey }) => sessionKey === null);
    reader.count('sessionStartsWithoutKey', withoutKey.length);
  }
}

async function foundIn(
  reader: IndexReader,
  partition: IndexPartition,
  interner: StringInterner,
): Promise<Found[]> {
  const { table } = reader;
  const read = (wanted: HitRequest): Promise<Found> =>
    foldHits(reader.ask(partition, 'sessions'), table, wanted, nothing, (found, hit) => {
      take(found, hit, interner, reader.accountIds);
    });
  // Older shippers kept parameters as text only.
  const more: readonly FieldName[] = table.fields.has(KEY) ? [ASSUMED] : [ASSUMED, 'original'];
  const fields = [...PLAIN_FIELDS, ...more];
  const tooLong = hasTooLongValue(table, PLAIN_FIELDS);
  if (hasPlainValues(table)) {
    const query = startsIn(reader, partition, { mustNot: [tooLong] });
    const plain = await read({ query, fields: PLAIN_FIELDS, fromDocValues: true });
    if (!plain.mayLack)
      return [plain, await read({ query: startsIn(reader, partition, { filter: [tooLong] }), fields })];
  }
  return [await read({ query: startsIn(reader, partition, {}), fields })];
}

/** Whether the index has the fields as doc values. Keys of flattened fields silently lack values that are too long. */
function hasPlainValues({ fields }: FieldTable): boolean {
  return PLAIN_FIELDS.every((field) => {
    const found = fields.get(field);
    if (field === ROLE || field === KEY) return found?.hasDocValues === true;
    return found === undefined || (found.hasDocValues && found.type === 'keyword');
  });
}

function startsIn({ table, span, rare }: IndexReader, partition: IndexPartition, more: More): Query {
  const since = { from: span.from - LOOKBACK_HOURS * HOUR_MS, to: span.to };
  return partitionQuery(table, partition, since, {
    filter: [...startsSession(table), ...(more.filter ?? [])],
    mustNot: [
      hasErrorCode(table),
      // Another record has the keys of the session.
      ...(rare.networkActivity === 0 ? [] : [isNetworkActivity(table)]),
      ...(more.mustNot ?? []),
    ],
  });
}

function take(found: Found, hit: Hit, interner: StringInterner, accountIds: ReadonlySet<string>): void {
  const identity = eventFingerprint(hit);
  if (identity !== null && found.seen.has(identity)) return;
  if (identity !== null) found.seen.add(identity);
  if (!isInScope(hit.values, accountIds)) return;
  const values = withOriginal(hit.values);
  // A code too long for its keyword is not indexed: the query finds these records as if they had succeeded.
  if ((values.errorCode ?? null) !== null) return;
  if (values[ROLE]?.startsWith('arn:') !== true || values[KEY] === null) found.mayLack = true;
  const start = sessionStart(values, hit.time, interner);
  if (start === null) found.unnamed += 1;
  else found.starts.push(start);
}

/** @returns null if the role is unknown */
function sessionStart(values: Values, time: string, interner: StringInterner): SessionStart | null {
  const roleArn = assumedRole(values[ROLE] ?? null, values[ASSUMED] ?? null);
  if (roleArn === null) return null;
  return {
    sessionKey: values[KEY] ?? null,
    callerKey: values[SESSION_KEY] ?? null,
    source: interner.actor(actorOf(values)),
    roleArn: interner.text(roleArn),
    time: Date.parse(time) / 1000,
    sharedEventId: values.sharedEventID ?? null,
    eventId: values.eventID ?? '',
  };
}
