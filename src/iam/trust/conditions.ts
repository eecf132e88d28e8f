import { literalHead, matchesWildcard } from '../patterns.js';
import type { Condition } from '../types.js';
import { matchesArn } from './arn.js';
import type { Known, Lookup } from './context.js';
import { all, any, not, triOf, type Tri } from './tri.js';
import { fillVariables, hasVariable } from './variables.js';

type Match = (pattern: string, value: string) => boolean;

interface Operator {
  readonly match: Match;
  readonly negated: boolean;
}

const equal: Match = (pattern, value) => pattern === value;
const equalIgnoringCase: Match = (pattern, value) => pattern.toLowerCase() === value.toLowerCase();

const positive: readonly (readonly [string, Match])[] = [
  ['StringEquals', equal],
  ['StringEqualsIgnoreCase', equalIgnoringCase],
  ['StringLike', matchesWildcard],
  ['ArnEquals', matchesArn],
  ['ArnLike', matchesArn],
  ['Bool', equalIgnoringCase],
];

/** `StringEquals` and its negation, `StringNotEquals`. */
function operatorOf(name: string): Operator | undefined {
  for (const [base, match] of positive) {
    if (name === base) return { match, negated: false };
    if (name === base.replace(/^(String|Arn)/, '$1Not')) return { match, negated: true };
  }
  return undefined;
}

/** Whether a text that starts with `beginning` matches; `maybe` if the beginning does not decide. */
function matchesBeginning(pattern: string, beginning: string): Tri {
  const literal = literalHead(pattern);
  if (!literal.startsWith(beginning) && !beginning.startsWith(literal)) return 'no';
  const endsInStar = pattern === `${literal}*` && beginning.startsWith(literal);
  return endsInStar || pattern === '*' ? 'yes' : 'maybe';
}

function matchesValue(operator: Operator, pattern: string, actual: Known, lookup: Lookup | null): Tri {
  const filled =
    lookup !== null && hasVariable(pattern)
      ? fillVariables(pattern, lookup)
      : { text: pattern, certain: true };
  if (filled === undefined) return 'no';
  if (!filled.certain || actual.kind === 'unknown') return 'maybe';
  if (actual.kind === 'absent') return 'no';
  if (actual.kind === 'value') return triOf(operator.match(filled.text, actual.value));
  if (operator.match === matchesWildcard) return matchesBeginning(filled.text, actual.value);
  return filled.text.startsWith(actual.value) ? 'maybe' : 'no';
}

function evaluateKey(name: string, values: readonly string[], actual: Known, lookup: Lookup | null): Tri {
  if (actual.kind === 'unknown') return 'maybe';
  if (name === 'Null')
    return any(values.map((v) => triOf((v.toLowerCase() === 'true') === (actual.kind === 'absent'))));
  const base = name.replace(/IfExists$/, '');
  const operator = operatorOf(base);
  if (operator === undefined) return 'maybe';
  if (actual.kind === 'absent' && base !== name) return 'yes';
  const matched = any(values.map((v) => matchesValue(operator, v, actual, lookup)));
  return operator.negated ? not(matched) : matched;
}

/**
 * Evaluates a Condition. String, ARN, Bool and Null operators on keys with a value fixed by configuration are
 * decided, also with `IfExists`. Everything else (other operators, ForAnyValue and ForAllValues, other keys) is
 * `maybe`. A key that is not in the request matches nothing, which is true for negated operators (IAM JSON policy
 * elements: Condition operators).
 * @param variables whether the version of the document supports policy variables
 */
export function evaluateCondition(condition: Condition | undefined, lookup: Lookup, variables: boolean): Tri {
  if (condition === undefined) return 'yes';
  return all(
    Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        evaluateKey(operator, values, lookup(key), variables ? lookup : null),
      ),
    ),
  );
}
