import { isObject } from '../../../base/is-object.js';
import { text } from '../record.js';
import { describeValue } from './describe.js';
import { tryParseJson } from '../../../base/json.js';
import type { Json } from './record-keys.js';
import { readRecord, type Entry } from './standard-record.js';
import { rowsOf } from './rows.js';
import { RECORD_PROBLEMS } from '../../../wording/log-files.js';

/**
 * Keys under which services and tools wrap records, in lower case; the first with an object, a list or JSON text
 * counts. Whole records come before lists, and lists before objects.
 */
const ENVELOPES = [
  // aws cloudtrail lookup-events: the record as text (CloudTrail API Reference: Event).
  'cloudtrailevent',
  // CloudTrail Lake (CloudTrail User Guide: CloudTrail Lake event schema).
  'eventjson',
  // Splunk exports.
  '_raw',
  // CloudWatch Logs: Logs Insights, subscriptions and events. Amazon SNS, Filebeat and Logstash.
  '@message',
  'message',
  // The original of an event in the Elastic Common Schema.
  'event.original',
  'original',
  // Messages of Amazon SQS.
  'body',
  // CloudTrail log files.
  'records',
  // CloudWatch Logs subscriptions (CloudWatch Logs User Guide: Log group-level subscription filters).
  'logevents',
  // lookup-events; aws logs filter-log-events and get-log-events.
  'events',
  'messages',
  // aws logs get-query-results; Splunk exports as one list.
  'results',
  // Splunk exports by line.
  'result',
  // Answers of Elasticsearch (hits.hits), elasticdump.
  'hits',
  '_source',
  // Amazon EventBridge (EventBridge User Guide: Events delivered via CloudTrail).
  'detail',
  // Splunk's HTTP Event Collector; the Elastic Common Schema.
  'event',
  'sns',
];

/** Deeper than any service wraps records. */
const MOST_LEVELS = 12;

/** Entries in a JSON value of a log file: records and other values. */
export function* entriesOf(value: unknown, level = 0, isItem = false): Generator<Entry> {
  if (Array.isArray(value) && value.length === 0 && isItem)
    yield { odd: RECORD_PROBLEMS.emptyList, isForeign: true };
  else if (level > MOST_LEVELS) yield { odd: RECORD_PROBLEMS.wrapped(MOST_LEVELS), isForeign: true };
  else if (Array.isArray(value)) {
    const row = fieldsOf(value);
    if (row === undefined) for (const item of value) yield* entriesOf(item, level + 1, true);
    else yield* entriesOf(row, level + 1);
  } else if (isObject(value)) yield* entriesOfObject(value, level);
  else {
    const inner = opened(value);
    if (inner === undefined) yield { odd: describeValue(value), isForeign: true };
    else yield* entriesOf(inner, level + 1);
  }
}

function* entriesOfObject(value: Json, level: number): Generator<Entry> {
  // CloudWatch Logs sends this to test a destination (CloudWatch Logs User Guide: Log group-level subscription
  // filters).
  if (value.messageType === 'CONTROL_MESSAGE') return;
  if ('digestStartTime' in value) yield { other: 'digestFiles' };
  // AWS Config Developer Guide: Example configuration snapshot.
  else if (Array.isArray(value.configurationItems)) yield { other: 'configFiles' };
  else if (value.Event === 's3:TestEvent') yield { other: 'notificationRecords' };
  else if (isPlainRecord(value)) yield readRecord(value);
  else {
    const inner = rowsOf(value) ?? envelopeOf(value);
    if (inner === undefined) yield readRecord(value);
    else yield* entriesOf(inner, level + 1);
  }
}

/** Other keys of such a record are ignored: they belong to the call. */
const isPlainRecord = ({ eventSource, eventName, userIdentity }: Json): boolean =>
  text(eventSource) !== null && text(eventName) !== null && isObject(userIdentity);

function envelopeOf(value: Json): unknown {
  const keys = new Map(Object.keys(value).map((key) => [key.toLowerCase(), key]));
  for (const envelope of ENVELOPES) {
    const key = keys.get(envelope);
    const inner = key === undefined ? undefined : opened(value[key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** @returns the object or list, also if written as text; undefined otherwise */
function opened(value: unknown): object | undefined {
  const inner = typeof value === 'string' && /^\s*[[{]/.test(value) ? tryParseJson(value) : value;
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}

/** A row of Logs Insights: a list of fields with values (CloudWatch Logs API Reference: ResultField). */
function fieldsOf(row: readonly unknown[]): Json | undefined {
  const fields = row.flatMap((item) =>
    isObject(item) && typeof item.field === 'string' ? [[item.field, item.value] as const] : [],
  );
  return fields.length > 0 && fields.length === row.length ? Object.fromEntries(fields) : undefined;
}
