import { isObject } from '../../../base/is-object.js';
import { isInsight } from '../../rules.js';
import { otherRecord, text, type OtherKind } from '../record.js';
import { recordTime } from '../record-time.js';
import { describeValue, describeKeys } from './describe.js';
import { IDENTIFYING, unreadStructures, withStandardKeys, type Json } from './record-keys.js';
import { RECORD_PROBLEMS } from '../../../wording/log-files.js';

/** Result of reading one entry of a log file. */
export interface Entry {
  /** In CloudTrail's format. */
  readonly record?: Json;
  readonly other?: OtherKind;
  /** What could not be understood, for messages: "eventTime is missing". */
  readonly odd?: string;
  /** Nothing in it resembles a CloudTrail record. */
  readonly isForeign?: boolean;
}

/** Replacement for eventTime: Logstash's codec for CloudTrail moves it there (logstash-codec-cloudtrail). */
const OTHER_TIME = '@timestamp';

/** Reads a record in any spelling. */
export function readRecord(value: Json): Entry {
  const record = withStandardKeys(value);
  const { eventSource, eventName, eventType, eventCategory, userIdentity } = record;
  const other = otherRecord((name) => record[name]);
  if (other !== null) return { other };
  const insight = isInsight(eventCategory, eventType);
  if (!insight && (text(eventSource) === null || text(eventName) === null))
    return { odd: describeKeys(value), isForeign: true };
  const given = record.eventTime ?? record[OTHER_TIME];
  const eventTime = recordTime(given);
  if (eventTime === null) return { odd: RECORD_PROBLEMS.field('eventTime', describeValue(given)) };
  const unread = unreadStructures(record);
  const [first] = unread;
  if (first !== undefined) {
    const odd = RECORD_PROBLEMS.notJson(first);
    return first === 'userIdentity' ? { odd } : { odd, record: { ...record, eventTime } };
  }
  // Without it, the call has no caller (CloudTrail User Guide: CloudTrail record contents).
  if (!insight && eventType !== 'AwsServiceEvent') {
    if (!isObject(userIdentity))
      return { odd: RECORD_PROBLEMS.field('userIdentity', describeValue(userIdentity)) };
    if (!IDENTIFYING.some((key) => text(userIdentity[key]) !== null))
      return { odd: RECORD_PROBLEMS.field('userIdentity', describeKeys(userIdentity)) };
  }
  return { record: record.eventTime === eventTime ? record : { ...record, eventTime } };
}
