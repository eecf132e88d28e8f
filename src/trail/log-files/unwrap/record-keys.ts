import { isObject } from '../../../base/is-object.js';
import { SIGN_IN } from '../../rules.js';
import { tryParseJson } from '../../../base/json.js';
import { parseStruct } from './struct-text.js';

export type Json = Readonly<Record<string, unknown>>;

type Path = readonly string[];

/**
 * The keys of an object in any spelling: `eventname`, `EventName`, `event_name`; or `userIdentity.arn` as a key of
 * the record.
 */
class Keys {
  /** Paths by the names of AWS. */
  readonly #exact = new Map<string, Path>();
  /** Path of a value by its spelling without case and separators. */
  readonly #paths = new Map<string, Path>();
  readonly #inner = new Map<string, Keys>();

  /** @param inner keys of values that are objects */
  constructor(names: readonly string[], inner: Readonly<Record<string, Keys>> = {}) {
    for (const name of names) this.#add(name);
    for (const [name, keys] of Object.entries(inner)) {
      this.#inner.set(name, keys);
      this.#add(name);
      for (const [spelling, path] of keys.#paths) this.#paths.set(plain(name) + spelling, [name, ...path]);
    }
  }

  #add(name: string): void {
    this.#exact.set(name, [name]);
    this.#paths.set(plain(name), [name]);
  }

  path(key: string): Path | undefined {
    return this.#exact.get(key) ?? this.#paths.get(plain(key));
  }

  inner(name: string | undefined): Keys | undefined {
    return name === undefined ? undefined : this.#inner.get(name);
  }
}

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');

const PRINCIPAL = ['type', 'principalId', 'arn', 'accountId', 'userName'];

/** Keys of userIdentity, one of which every caller has (CloudTrail User Guide: CloudTrail userIdentity element). */
export const IDENTIFYING = [...PRINCIPAL, 'accessKeyId', 'invokedBy'];
const USER_IDENTITY = new Keys(
  [...IDENTIFYING, 'identityProvider', 'credentialId', 'onBehalfOf', 'inScopeOf'],
  {
    sessionContext: new Keys(['sourceIdentity', 'ec2RoleDelivery', 'assumedRoot'], {
      sessionIssuer: new Keys(PRINCIPAL),
      webIdFederationData: new Keys(['federatedProvider', 'attributes']),
      attributes: new Keys(['creationDate', 'mfaAuthenticated']),
    }),
  },
);
/** CloudTrail User Guide: CloudTrail record contents. */
const RECORD = new Keys(
  [
    ...['eventVersion', 'eventTime', 'eventSource', 'eventName', 'eventID', 'eventType', 'eventCategory'],
    ...['awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage', 'requestID', 'apiVersion'],
    ...['managementEvent', 'readOnly', 'recipientAccountId', 'sharedEventID', 'vpcEndpointId'],
    ...['vpcEndpointAccountId', 'sessionCredentialFromConsole', 'tlsDetails', 'edgeDeviceDetails'],
    ...['requestParameters', 'additionalEventData', 'serviceEventDetails', 'insightDetails'],
  ],
  {
    userIdentity: USER_IDENTITY,
    resources: new Keys(['ARN', 'accountId', 'type']),
    addendum: new Keys(['reason', 'updatedFields', 'originalRequestID', 'originalEventID']),
    responseElements: new Keys(SIGN_IN.answers, {
      credentials: new Keys(['accessKeyId']),
      assumedRoleUser: new Keys(['arn', 'assumedRoleId']),
    }),
  },
);

/** Values that query and search engines write as text. */
const STRUCTURES = new Set([
  'userIdentity',
  'requestParameters',
  'responseElements',
  'resources',
  'additionalEventData',
  'addendum',
]);
const BOOLEANS = new Set(['managementEvent', 'readOnly']);
/** A column of an object whose keys depend on the operation. */
const OPEN_COLUMN = /^(requestParameters|responseElements)\.(.+)$/i;
/** Values of empty columns in query results. No field of a record has such a value. */
const EMPTY = new Set(['', '-', 'null']);

/** The record with CloudTrail's keys and types; the same object if unchanged. */
export const withStandardKeys = (value: Json): Json => standard(value, RECORD);

/** @returns names of values that are still text although they stand for an object */
export const unreadStructures = (record: Json): string[] =>
  [...STRUCTURES].filter((name) => {
    const value = record[name];
    // CloudTrail itself replaces some values by HIDDEN_DUE_TO_SECURITY_REASONS.
    return typeof value === 'string' && (name === 'userIdentity' || /^\s*[[{]/.test(value));
  });

function standard(value: Json, keys: Keys): Json {
  const members = Object.entries(value).map(([key, given]) => {
    const path = keys.path(key) ?? openPath(key) ?? [key];
    const typed = keys === RECORD && typeof given === 'string' ? fromText(given, path) : given;
    const inner = path.length === 1 ? keys.inner(path[0]) : undefined;
    const read = inner === undefined ? typed : within(typed, inner);
    return { path, read, isSame: path.length === 1 && path[0] === key && read === given };
  });
  if (members.every(({ isSame }) => isSame)) return value;
  const result = emptyObject();
  for (const { path, read } of members) put(result, path, read);
  return result;
}

function within(value: unknown, keys: Keys): unknown {
  if (isObject(value)) return standard(value, keys);
  if (!Array.isArray(value)) return value;
  const items = value.map((item: unknown) => within(item, keys));
  return items.every((item, at) => item === value[at]) ? value : items;
}

function openPath(key: string): Path | undefined {
  const [, column = '', rest = ''] = OPEN_COLUMN.exec(key) ?? [];
  const path = RECORD.path(column);
  return path === undefined ? undefined : [...path, ...rest.split('.')];
}

function fromText(text: string, path: Path): unknown {
  const [name = '', ...within] = path;
  if (RECORD.path(name) === undefined) return text;
  if (EMPTY.has(text)) return null;
  if (within.length > 0) return text;
  if (BOOLEANS.has(name)) return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
  if (!STRUCTURES.has(name)) return text;
  const value = tryParseJson(text);
  if (typeof value === 'object') return value;
  return name === 'userIdentity' ? (parseStruct(text, USER_IDENTITY) ?? text) : text;
}

/** Without prototype: no key of an input is special. */
const emptyObject = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;

/** Merges several columns of one object. */
function put(into: Record<string, unknown>, [name = '', ...rest]: Path, value: unknown): void {
  const before = into[name];
  if (rest.length > 0) {
    const object = Object.assign(emptyObject(), isObject(before) ? before : {});
    put(object, rest, value);
    into[name] = object;
  } else if (isObject(before) && isObject(value)) into[name] = Object.assign(emptyObject(), before, value);
  else if (before === undefined || before === null) into[name] = value;
}
