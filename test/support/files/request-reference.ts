/**
 * What requests have of what is looked for, a second time and the plain way: from docs in src/base/requests, sharing no code with
 * them. CloudTrail User Guide, "CloudTrail record contents": requestParameters may be null or cut.
 */

import { plainEvent } from './reference.js';

/** As data/catalog/further-actions.json has them. */
export interface PlainPlan {
  readonly paths: readonly string[];
  readonly roles: boolean;
}

export interface PlainContents {
  readonly parameters: 'whole' | 'missing';
  readonly found: readonly string[];
  readonly roles: readonly string[];
}

const LISTS = ['items', 'item', 'member', 'entries'];
const REDACTED = 'HIDDEN_DUE_TO_SECURITY_REASONS';
const ROLE = /^arn:[\w-]+:iam::[0-9]{12}:(role|instance-profile)\/[!-~]+$/;

export function plainContents(request: unknown, { paths, roles }: PlainPlan): PlainContents {
  const value = typeof request === 'string' ? parsed(request) : request;
  const isCut = isObject(value) && value['omitted'] === true;
  if (!isObject(value) || isCut || Object.keys(value).length === 0)
    return { parameters: 'missing', found: [], roles: [] };
  const whole = opened(value, [], paths.map(namesOf), true) as Record<string, unknown>;
  if (isRedacted(whole, true)) return { parameters: 'missing', found: [], roles: [] };
  const places = placesOf(whole);
  const found = paths.filter((path) => places.some((place) => isAt(place, path)));
  const named = paths.flatMap((path) => places.flatMap((place) => nameOf(place, path)));
  const arns = roles ? texts(whole).filter((text) => ROLE.test(text)) : [];
  return { parameters: 'whole', found: sorted(found), roles: sorted([...named, ...arns]) };
}

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  const value = jsonOf(text);
  return isObject(value) ? value : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A value, and the names that lead to it. */
interface Place {
  readonly names: string;
  readonly value: unknown;
}

/** Some requests are one level down, in a name that ends with `Request` or `Input`. */
function placesOf(request: Record<string, unknown>): Place[] {
  const inner = Object.entries(request).filter(([name]) => /(request|input)$/i.test(name));
  return [...below(request, []), ...inner.flatMap(([, value]) => below(value, []))];
}

/** All values in an object or list. Lists, and the names that stand for lists, are no level. */
function below(value: unknown, names: readonly string[]): Place[] {
  if (Array.isArray(value)) return value.flatMap((element) => below(element, names));
  if (value === REDACTED) return [{ names: names.join('.'), value }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const small = name.toLowerCase();
    const here = LISTS.includes(small) ? names : [...names, small];
    const place = LISTS.includes(small) ? [] : [{ names: here.join('.'), value: inner }];
    return [...place, ...below(inner, here)];
  });
}

/** JSON text instead of an object above a place that is looked for. */
function opened(value: unknown, names: readonly string[], wanted: readonly string[], isTop = false): unknown {
  if (Array.isArray(value)) return value.map((element) => opened(element, names, wanted));
  const isAbove = names.length === 0 || wanted.some((place) => place.startsWith(`${names.join('.')}.`));
  if (typeof value === 'string' && isAbove && /^[{[]/.test(value)) {
    const inner = jsonOf(value);
    return typeof inner === 'object' && inner !== null ? opened(inner, names, wanted) : value;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const small = name.toLowerCase();
      const isLevel = LISTS.includes(small) || (isTop && /(request|input)$/.test(small));
      return [name, isLevel ? opened(inner, names, wanted) : opened(inner, [...names, small], wanted)];
    }),
  );
}

/** Whether a value stands for the whole request and is redacted. */
function isRedacted(value: unknown, isTop = false): boolean {
  if (Array.isArray(value)) return value.some((element) => isRedacted(element));
  if (!isObject(value)) return value === REDACTED;
  return Object.entries(value).some(([name, inner]) => {
    const small = name.toLowerCase();
    return (LISTS.includes(small) || (isTop && /(request|input)$/.test(small))) && isRedacted(inner);
  });
}

const namesOf = (path: string): string =>
  withoutLists(
    path
      .replace(/(!=|~).*$/, '')
      .replace(/\[.*|\{\}|[@#]$/, '')
      .toLowerCase(),
  );

function isAt({ names, value }: Place, path: string): boolean {
  const [, place = '', except, text] = /^(.*?)(?:(!=|~)(.*))?$/.exec(path) ?? [];
  if (value === REDACTED && except !== '~' && names !== '' && namesOf(path).startsWith(`${names}.`))
    return true;
  if (names !== namesOf(path)) return false;
  const asText = text !== undefined && except === '~';
  if (asText || /[@#]$/.test(place))
    return flat(value).some((one) => isThere(one, asText ? text : undefined));
  return isThere(value) && !(except === '!=' && value === text);
}

const withoutLists = (path: string): string =>
  path
    .split('.')
    .filter((part) => !LISTS.includes(part))
    .join('.');

const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value]);

function isThere(value: unknown, contained?: string): boolean {
  if ([null, undefined, false, '', 'false', '{}', '[]'].includes(value as null)) return false;
  if (contained !== undefined)
    return typeof value === 'string' && value.toLowerCase().includes(contained.toLowerCase());
  if (Array.isArray(value)) return value.length > 0;
  if (!isObject(value)) return true;
  const entries = Object.entries(value);
  const [[name, inner] = ['', undefined]] = entries;
  if (entries.length === 1 && LISTS.includes(name.toLowerCase())) return isThere(inner);
  return entries.length > 0;
}

/** A bare name of a role (`@`) or an instance profile (`#`), with its path. */
function nameOf(place: Place, path: string): string[] {
  const kind = path.endsWith('@') ? 'role' : path.endsWith('#') ? 'instance-profile' : null;
  if (kind === null || !isAt(place, path)) return [];
  return flat(place.value)
    .filter((value) => isThere(value))
    .flatMap((value) => {
      if (typeof value !== 'string' || value === REDACTED) return [];
      const name = value.startsWith('/') ? value.slice(1) : value;
      return name.split('/').every((part) => /^[\w+=,.@-]+$/.test(part)) && value.length <= 128
        ? [`${kind}/${name}`]
        : [];
    });
}

/** All texts, however deep. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** A request row, whatever its order. */
export interface PlainRow {
  readonly [field: string]: unknown;
}

interface Draft {
  readonly row: PlainRow;
  readonly times: string[];
  readonly roles: Map<string, string[]>;
}

const MOST_ROLES = 100;

/**
 * The request rows of records, counted one by one. Copies of an event count once.
 * @param planOf what to look for, null for nothing
 */
export function plainRequestRows(
  records: readonly Readonly<Record<string, unknown>>[],
  { start, end }: { readonly start: string; readonly end: string },
  accountIds: readonly string[],
  planOf: (eventSource: string, eventName: string) => PlainPlan | null,
): PlainRow[] {
  const drafts = new Map<string, Draft>();
  const seen = new Set<unknown>();
  for (const record of records) {
    const event = plainEvent(record, {});
    if (event === null || typeof event === 'string') continue;
    const time = String(event['time']);
    const call = event['call'] as { readonly recipient: string | null; readonly [field: string]: unknown };
    const actor = event['actor'] as { readonly accountId: string | null };
    const plan = planOf(String(call['eventSource']), String(call['eventName']));
    if (call.recipient !== null && !accountIds.includes(call.recipient)) continue;
    if (time < start || time >= end || (event['identity'] !== null && seen.has(event['identity']))) continue;
    seen.add(event['identity']);
    if (plan === null || call['apiCall'] !== true) continue;
    const { eventSource, eventName, apiCall, outcome, errorCode } = call;
    const recipientAccountId = call.recipient ?? actor.accountId ?? 'unknown';
    const { roles, ...contents } = plainContents(record['requestParameters'], plan);
    const row = {
      actor,
      recipientAccountId,
      eventSource,
      eventName,
      apiCall,
      outcome,
      errorCode,
      ...contents,
    };
    const key = JSON.stringify([row, roles.length > 0]);
    const draft: Draft = drafts.get(key) ?? { row, times: [], roles: new Map<string, string[]>() };
    drafts.set(key, draft);
    draft.times.push(time);
    for (const role of roles) draft.roles.set(role, [...(draft.roles.get(role) ?? []), time]);
  }
  return [...drafts.values()].map(({ row, times, roles }) => ({
    ...row,
    ...counted(times),
    roles: [...roles]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, MOST_ROLES)
      .map(([role, its]) => ({ role, ...counted(its) })),
    rolesComplete: roles.size <= MOST_ROLES,
  }));
}

function counted(times: readonly string[]): object {
  const inOrder = times.toSorted();
  return { count: times.length, first: inOrder[0], last: inOrder.at(-1) };
}
