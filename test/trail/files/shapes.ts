import { ACCOUNT, record } from './helpers.js';

export type Json = Record<string, unknown>;

const SESSION = { accessKeyId: 'ASIASESSION', sessionToken: 'x' };
const ASSUMED = `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ann`;
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;

/** A call of a user, the start of a session, and a call in the session: all that a review needs of a record. */
export const RECORDS: readonly Json[] = [
  record({ errorCode: 'AccessDenied' }),
  record({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: ROLE, roleSessionName: 'ann' },
    responseElements: {
      credentials: SESSION,
      assumedRoleUser: { arn: ASSUMED, assumedRoleId: 'AROADEPLOY:ann' },
    },
  }),
  record({
    eventName: 'GetObject',
    eventCategory: 'Data',
    managementEvent: false,
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROADEPLOY:ann',
      arn: ASSUMED,
      accountId: ACCOUNT,
      accessKeyId: SESSION.accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROADEPLOY',
          arn: ROLE,
          accountId: ACCOUNT,
          userName: 'deploy',
        },
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-07-02T10:00:00Z' },
      },
    },
  }),
];

export const json = (value: unknown): string => JSON.stringify(value);
export const texts = RECORDS.map(json);
export const each = (wrap: (text: string, record: Json) => unknown): unknown[] =>
  RECORDS.map((one) => wrap(json(one), one));
export const lines = (values: readonly unknown[]): string => values.map(json).join('\n');

/** With all keys down to some level spelled otherwise. */
export function respelled(value: unknown, spell: (key: string) => string, levels = Infinity): unknown {
  if (Array.isArray(value)) return value.map((item) => respelled(item, spell, levels));
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [spell(key), respelled(inner, spell, levels - 1)]),
  );
}
export const lower = (key: string): string => key.toLowerCase();
export const pascal = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);
export const snake = (key: string): string =>
  key.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);

/** A row of a query engine: structures as JSON text, everything else as text. */
export const columns = (one: Json, spell: (key: string) => string = lower): Json =>
  Object.fromEntries(
    Object.entries(one).map(([key, value]) => [
      spell(key),
      value === null ? null : typeof value === 'string' ? value : json(value),
    ]),
  );

/** As Presto writes a struct as text. */
export function struct(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, inner]) => `${lower(key)}=${struct(inner)}`);
  return `{${members.join(', ')}}`;
}

/** By the paths of its values, as Logs Insights and flattening tools name fields. */
export function flat(value: Json, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? flat(inner as Json, `${prefix}${key}.`)
      : [[prefix + key, inner] as [string, unknown]],
  );
}
export const fieldsOf = (one: Json): Json[] =>
  flat(one)
    .filter(([, value]) => value !== null)
    .map(([field, value]) => ({ field, value: String(value) }));

export const athena = (rows: readonly Json[]): Json => {
  const names = Object.keys(rows[0] ?? {});
  const row = (values: readonly unknown[]): Json => ({
    Data: values.map((value) => (value === null || value === undefined ? {} : { VarCharValue: value })),
  });
  return {
    ResultSet: {
      Rows: [row(names), ...rows.map((one) => row(names.map((name) => one[name])))],
      ResultSetMetadata: { ColumnInfo: names.map((Name) => ({ Name, Type: 'varchar' })) },
    },
  };
};
export const lakeRow = (row: Json): Json[] => Object.entries(row).map(([key, value]) => ({ [key]: value }));
export const withTime = (time: (iso: string) => unknown): Json[] =>
  RECORDS.map((one) => ({ ...one, eventTime: time(String(one['eventTime'])) }));
export const subscription = (text: string): Json => ({
  messageType: 'DATA_MESSAGE',
  owner: ACCOUNT,
  logGroup: 'trail',
  logEvents: [{ id: '1', timestamp: 1, message: text }],
});
export const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
