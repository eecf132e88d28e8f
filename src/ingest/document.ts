import { hash } from 'node:crypto';
import { isObject } from '../base/is-object.js';
import { isRecord } from '../trail/log-files/record.js';
import { isInsight, recordedIn } from '../trail/rules.js';
import { isoSeconds } from '../base/time.js';
import { fits, fittingParts, LONGEST_TERM, RECORD } from './shape.js';
import type { StoreRequest } from './store-request.js';

export interface Document {
  /** Identical for the same event in every file and run. */
  readonly id: string;
  /** JSON on one line. */
  readonly body: string;
}

/** Position of a record, for records without eventID. */
export interface Place {
  /** Without folder: CloudTrail's file names are unique, and logs are moved and copied. */
  readonly fileName: string;
  readonly position: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Makes the document of a record: the record itself, with its time in the format that every index accepts. If a
 * part has an unexpected type, only the fitting parts are indexed, and `original` holds the record as text.
 * @param storeRequest what it returns is indexed beside the record, under `cloudtracker`
 * @returns null if the record has no source, name or time, the same rule as for log files
 */
export function documentOf(value: unknown, place: Place, storeRequest?: StoreRequest): Document | null {
  if (!isObject(value)) return null;
  const time = isoSeconds(value.eventTime);
  const insight = isInsight(value.eventCategory, value.eventType);
  if (time === null || !(insight || isRecord(value))) return null;
  const cloudtracker = storeRequest?.(value);
  const isAsItCame = time === value.eventTime && cloudtracker === undefined && !('cloudtracker' in value);
  // JSON leaves out what is undefined.
  const record: Json = isAsItCame ? value : { ...value, eventTime: time, cloudtracker };
  const id = idOf(record, time, place);
  return fits(record, { object: RECORD })
    ? { id, body: JSON.stringify(record) }
    : reducedDocument(id, record);
}

/** The document of a record that the server rejected: too deep, or with invalid keys. */
export function reducedDocument(id: string, record: Json): Document {
  const { cloudtracker, ...came } = record;
  const parts = fittingParts(came, RECORD);
  const { credentials, assumedRoleUser } = isObject(record.responseElements) ? record.responseElements : {};
  const body = {
    ...parts,
    // Only the parameters that a report needs.
    requestParameters: isObject(record.requestParameters) ? shortTexts(record.requestParameters) : {},
    responseElements: {
      ...(isObject(credentials) ? { credentials: shortTexts({ accessKeyId: credentials.accessKeyId }) } : {}),
      ...(isObject(assumedRoleUser) ? { assumedRoleUser: shortTexts({ arn: assumedRoleUser.arn }) } : {}),
    },
    ...(isObject(cloudtracker) ? { cloudtracker } : {}),
    original: JSON.stringify(came),
  };
  return { id, body: JSON.stringify(body) };
}

const shortTexts = (object: Json): Json =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([key, value]) =>
        /^[\w-]{1,100}$/.test(key) && typeof value === 'string' && value.length <= LONGEST_TERM,
    ),
  );

/**
 * Redacted and example data reuse event IDs. So the ID also has a hash of the fields by which both engines
 * recognize an event that several trails recorded.
 */
function idOf(record: Json, time: string, { fileName, position }: Place): string {
  const { eventID, eventSource, eventName, recipientAccountId, userIdentity } = record;
  if (typeof eventID !== 'string' || eventID === '')
    return `no-id.${digest([fileName, position, JSON.stringify(record)])}`;
  const caller = textOf(isObject(userIdentity) ? userIdentity.accountId : null);
  const account = recordedIn(textOf(recipientAccountId), caller);
  const rest = [time, eventSource, eventName, account];
  // Document IDs are limited to 512 bytes.
  return /^[\x21-\x7e]{1,100}$/.test(eventID)
    ? `${eventID}.${digest(rest)}`
    : `long-id.${digest([eventID, ...rest])}`;
}

/** Like for log files: a value that is not text, or empty, is missing. */
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** 96 bits: accidental collisions are not a concern. */
const digest = (parts: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
