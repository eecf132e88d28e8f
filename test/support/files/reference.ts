import { identify } from '../../../src/trail/identity.js';
import { outcomeOf } from '../../../src/trail/outcome.js';
import { personOf } from '../../../src/trail/people.js';
import { resourcesOf } from '../../../src/trail/resources/extract.js';
import { isoSeconds } from '../../../src/trail/time.js';
import { readRecord } from './record.js';

const STARTS = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/** All that matters of one event. */
export interface PlainEvent {
  readonly [part: string]: unknown;
}

/** What the files engine keeps of a record, the plain way: null when it is none, 'insight' when it is about others. */
export function plainEvent(value: unknown): PlainEvent | 'insight' | null {
  const record = readRecord(value);
  const time = record === null ? null : isoSeconds(record.eventTime);
  if (record === null || time === null) return null;
  if (record.category === 'Insight' || record.category === 'AwsCloudTrailInsight') return 'insight';
  const actor = identify(record.actor);
  const outcome = outcomeOf(record.errorCode);
  const { eventSource, eventName, errorCode, apiCall, dataEvent, session } = record;
  const recipient = record.recipientAccountId;
  const call = {
    actor,
    recipientAccountId: recipient ?? actor.accountId ?? 'unknown',
    eventSource,
    eventName,
  };
  const counts = outcome === 'succeeded' && apiCall;
  const starts =
    STARTS.has(eventName) &&
    eventSource === 'sts.amazonaws.com' &&
    errorCode === null &&
    session.roleArn !== null;
  return {
    time,
    actor,
    accessKeyId: record.accessKeyId,
    sessionKey: record.actor.issuerArn?.includes(':role/') === true ? record.accessKeyId : null,
    person: personOf(record.person),
    call: { recipient, eventSource, eventName, apiCall, outcome, errorCode, dataEvent },
    resources: counts
      ? resourcesOf(call, record.listedArns, (name) => {
          const parameter = record.requestParameters[name];
          return typeof parameter === 'string' ? parameter : undefined;
        })
      : null,
    start: starts ? { ...session, eventId: record.eventId ?? '', sharedEventId: record.sharedEventId } : null,
    identity:
      record.eventId === null
        ? null
        : JSON.stringify([record.eventId, time, eventSource, eventName, recipient ?? '']),
  };
}
