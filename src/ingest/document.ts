import { hash } from 'node:crypto';
import { isRecord } from '../trail/files/decode/record.js';
import { isInsight, recordedIn } from '../trail/rules.js';
import { isoSeconds } from '../trail/time.js';
import { fits, fittingParts, isObject, LONGEST_TERM, RECORD } from './shape.js';

export interface Document {
  /** The same for the same event, in whatever file and run. */
  readonly id: string;
  /** JSON, one line. */
  readonly body: string;
}

/** Where a record stands, for those without an eventID. */
export interface Place {
  /** Without its folder: CloudTrail's names are unique, and logs are moved and copied. */
  readonly fileName: string;
  readonly position: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The document of a record: the record itself, its time in the one form that every index reads. Where a part is not as CloudTrail
 * writes it, only what fits is there under its name, and the record as it came, as text, under `original`.
 * @returns null for what is no CloudTrail record, by the same rule as logs are read from files: no source, name or time
 */
export function documentOf(value: unknown, place: Place): Document | null {
  if (!isObject(value)) return null;
  const time = isoSeconds(value.eventTime);
  const insight = isInsight(value.eventCategory, value.eventType);
  if (time === null || !(insight || isRecord(value))) return null;
  const record: Json = time === value.eventTime ? value : { ...value, eventTime: time };
  const id = idOf(record, time, place);
  return fits(record, { object: RECORD })
    ? { id, body: JSON.stringify(record) }
    : reducedDocument(id, record);
}

/** The same for a record that the server did not take as it is: too deep, or with keys that no field can have. */
export function reducedDocument(id: string, record: Json): Document {
  const parts = fittingParts(record, RECORD);
  const { credentials, assumedRoleUser } = isObject(record.responseElements) ? record.responseElements : {};
  const body = {
    ...parts,
    // Of these, what a report asks for.
    requestParameters: isObject(record.requestParameters) ? shortTexts(record.requestParameters) : {},
    responseElements: {
      ...(isObject(credentials) ? { credentials: shortTexts({ accessKeyId: credentials.accessKeyId }) } : {}),
      ...(isObject(assumedRoleUser) ? { assumedRoleUser: shortTexts({ arn: assumedRoleUser.arn }) } : {}),
    },
    original: JSON.stringify(record),
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
 * Ids alone are reused by redacted and example data, so the rest of what tells events apart goes in as a hash: the same fields
 * by which both engines recognise an event that several trails recorded.
 */
function idOf(record: Json, time: string, { fileName, position }: Place): string {
  const { eventID, eventSource, eventName, recipientAccountId, userIdentity } = record;
  if (typeof eventID !== 'string' || eventID === '')
    return `no-id.${digest([fileName, position, JSON.stringify(record)])}`;
  const caller = textOf(isObject(userIdentity) ? userIdentity.accountId : null);
  const account = recordedIn(textOf(recipientAccountId), caller);
  const rest = [time, eventSource, eventName, account];
  // Ids of documents take 512 bytes.
  return /^[\x21-\x7e]{1,100}$/.test(eventID)
    ? `${eventID}.${digest(rest)}`
    : `long-id.${digest([eventID, ...rest])}`;
}

/** As log files are read: what is no text, or empty, is not there. */
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** 96 bits, which nobody makes collide by chance. */
const digest = (parts: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
