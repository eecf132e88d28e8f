import { valueAt } from '../../base/checked.js';
import { getOrInsertComputed } from '../../base/maps.js';
import { parametersOf, RESOURCE_PARAMETERS, type ResourceParameter } from './table.js';
import { merge, resourceSet, type Call, type Resources } from './set.js';

/** Relevant `resources[].ARN` values, as regular expressions for both JavaScript and Elasticsearch (full match). */
export const LISTED_INCLUDE = 'arn:.*';
/** S3 objects are ignored: there are too many, and the record also has their bucket. */
export const LISTED_EXCLUDE = 'arn:[^:]*:s3:::[^/]*/.*';

const included = new RegExp(`^(?:${LISTED_INCLUDE})$`, 's');
const excluded = new RegExp(`^(?:${LISTED_EXCLUDE})$`, 's');

/** Whether an ARN in `resources` counts as a resource. */
export const isListed = (arn: string): boolean => included.test(arn) && !excluded.test(arn);

/**
 * Resources of one record: the ARNs in `resources`, or if there are none, those in the request parameters.
 * @param listed values of `resources[].ARN`
 * @param parameters value of a top-level string parameter of the request, undefined if absent
 */
export function resourcesOf(
  call: Call,
  listed: readonly string[],
  parameters: (name: string) => string | undefined,
): Resources {
  const arns = listed.filter(isListed);
  if (arns.length > 0) return resourceSet(arns);
  let found: Resources | undefined;
  for (const name of parametersOf(call.eventSource)) {
    const value = parameters(name);
    if (value === undefined) continue;
    const named = fromParameter(call, name, value);
    found = found === undefined ? named : merge(found, named);
  }
  return found ?? null;
}

/** The resource in one request parameter; null if it is unusable, or if the call uses other resources too. */
export function fromParameter(call: Call, name: string, value: string): Resources {
  for (const rule of RESOURCE_PARAMETERS[call.eventSource] ?? []) {
    if (rule.name !== name || rule.events?.test(call.eventName) === false) continue;
    const arn = arnOf(rule, call, value);
    if (arn === null) continue;
    return rule.partial?.test(call.eventName) === true ? null : [arn];
  }
  return null;
}

/** Wildcards, variables and spaces would mean something else in a policy; `HIDDEN_…` is redacted. */
const USABLE = /^(?!HIDDEN_DUE_TO)[^\s*?{}"\\<>\p{Cc}]{1,2048}$/u;

function arnOf(rule: ResourceParameter, call: Call, value: string): string | null {
  if (!USABLE.test(value)) return null;
  if (value.startsWith('arn:')) return rule.named === undefined ? value : rule.named(value);
  if (rule.arn === null) return null;
  const name = rule.value === undefined ? value : rule.value.exec(value)?.slice(1).join(':');
  if (name === undefined) return null;
  const partition = /^arn:([^:]+):/.exec(call.actor.arn)?.[1] ?? 'aws';
  const parts = new Map([
    ['p', partition],
    ['a', call.recipientAccountId],
    ['v', name],
  ]);
  return piecesOf(rule.arn)
    .map((piece, i) => (i % 2 === 0 ? piece : valueAt(parts, piece)))
    .join('');
}

const pieces = new Map<string, readonly string[]>();

/** The parts of a template: text, and between them the letters in braces. */
function piecesOf(template: string): readonly string[] {
  const known = getOrInsertComputed(pieces, template, () => template.split(/\{([pav])\}/));
  return known;
}
