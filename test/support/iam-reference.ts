/**
 * Reference implementation of identity-based policies, slow, from the IAM User Guide (IAM JSON policy elements:
 * Version, Action, NotAction, Resource, NotResource, Condition operators, Multivalued context keys, Variables and
 * tags), without code of src/. It reads documents as parsed JSON.
 */

export interface AccessRequest {
  readonly action: string;
  /** ARN, or `*` for a call without resource. */
  readonly resource: string;
  /** Condition keys present in the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

type Json = Readonly<Record<string, unknown>>;
type Context = AccessRequest['context'];

/** True if a statement allows the request and none denies it. */
export function isAllowed(documents: readonly unknown[], request: AccessRequest): boolean {
  let allowed = false;
  for (const document of documents as readonly Json[]) {
    const variables = document['Version'] === '2012-10-17';
    for (const statement of list(document['Statement']) as readonly Json[]) {
      if (!applies(statement, request, variables)) continue;
      if (statement['Effect'] === 'Deny') return false;
      allowed = true;
    }
  }
  return allowed;
}

function applies(statement: Json, request: AccessRequest, variables: boolean): boolean {
  const { action, resource, context } = request;
  const isAction = (pattern: string): boolean =>
    matches(literally(pattern.toLowerCase()), action.toLowerCase());
  const isResource = (pattern: string): boolean =>
    /[*?$]/.test(pattern) ? matches(tokens(pattern, context, variables), resource) : pattern === resource;
  return (
    named(statement, 'Action', isAction) &&
    named(statement, 'Resource', isResource) &&
    Object.entries((statement['Condition'] ?? {}) as Json).every(([operator, keys]) =>
      Object.entries(keys as Json).every(([key, values]) =>
        holds(operator, key, texts(values), context, variables),
      ),
    )
  );
}

function named(statement: Json, element: string, test: (pattern: string) => boolean): boolean {
  const not = statement[`Not${element}`];
  return not === undefined ? texts(statement[element]).some(test) : !texts(not).some(test);
}

// A pattern is a list of literal characters and the two wildcards; null: a variable has no value, so nothing
// matches.
type Token = { readonly literal: string } | 'any' | 'one';
type Pattern = readonly Token[] | null;

const literally = (pattern: string): Pattern =>
  pattern.split('').map((c) => (c === '*' ? 'any' : c === '?' ? 'one' : { literal: c }));

function tokens(pattern: string, context: Context, variables: boolean): Pattern {
  if (!variables) return literally(pattern);
  const result: Token[] = [];
  for (const part of pattern.split(/(\$\{[^}]*\})/)) {
    const variable = /^\$\{([^},]*)(?:,\s*'([^']*)')?\}$/.exec(part);
    if (variable === null) {
      result.push(...(literally(part) ?? []));
      continue;
    }
    const name = (variable[1] ?? '').trim();
    const value = ['*', '?', '$'].includes(name) ? name : (valuesOf(context, name)?.[0] ?? variable[2]);
    if (value === undefined) return null;
    result.push(...value.split('').map((c) => ({ literal: c })));
  }
  return result;
}

function matches(pattern: Pattern, text: string): boolean {
  if (pattern === null) return false;
  // reached[i]: the tokens so far can end before character i.
  let reached = new Set([0]);
  for (const token of pattern) {
    const next = new Set<number>();
    for (const i of reached) {
      if (token === 'any') for (let j = i; j <= text.length; j += 1) next.add(j);
      else if (i < text.length && (token === 'one' || token.literal === text[i])) next.add(i + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}

function valuesOf(context: Context, name: string): readonly string[] | undefined {
  return Object.entries(context).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function holds(
  operator: string,
  key: string,
  wanted: readonly string[],
  context: Context,
  variables: boolean,
): boolean {
  const [, set, name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const values = valuesOf(context, key);
  if (name === 'Null') return wanted.includes(String(values === undefined));
  if (values === undefined) return ifExists !== undefined || set === 'ForAllValues:' || NEGATED.test(name);
  const test = (value: string): boolean => {
    const equal = wanted.some((one) => compare(name, one, value, context, variables));
    return NEGATED.test(name) ? !equal : equal;
  };
  return set === 'ForAnyValue:' ? values.some(test) : values.every(test);
}

const NEGATED = /^(StringNot|NotIpAddress|ArnNot|NumericNot|DateNot)/;

function compare(
  operator: string,
  wanted: string,
  value: string,
  context: Context,
  variables: boolean,
): boolean {
  const pattern = tokens(wanted, context, variables);
  const exact = pattern
    ?.map((token) => (token === 'any' ? '*' : token === 'one' ? '?' : token.literal))
    .join('');
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
      return exact === value;
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
    case 'Bool':
      return exact?.toLowerCase() === value.toLowerCase();
    case 'StringLike':
    case 'StringNotLike':
    case 'ArnEquals':
    case 'ArnLike':
    case 'ArnNotEquals':
    case 'ArnNotLike':
      return matches(pattern, value);
    case 'IpAddress':
    case 'NotIpAddress':
      return inRange(wanted, value);
    default:
      throw new Error(`the reference does not know the operator ${operator}`);
  }
}

function inRange(range: string, address: string): boolean {
  const [base = '', bits = '32'] = range.split('/');
  const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const block = 2 ** (32 - Number(bits));
  return Math.floor(number(base) / block) === Math.floor(number(address) / block);
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const texts = (value: unknown): readonly string[] => list(value).map(String);
