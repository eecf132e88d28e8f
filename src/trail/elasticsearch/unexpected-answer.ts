import { isObject } from '../../base/is-object.js';
import { BAD_ANSWERS, VALUE_TYPES } from '../../wording/elasticsearch-queries.js';

/** An answer that Elasticsearch does not give, perhaps from a proxy: none of it is used. */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError';
}

export type Json = Readonly<Record<string, unknown>>;

/** A count: an exact integer, 0 or more. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Body of an answer. @throws UnexpectedAnswerError */
export function bodyIn(answer: unknown): Json {
  if (isObject(answer)) return answer;
  if (typeof answer !== 'string') throw new UnexpectedAnswerError(BAD_ANSWERS.notObject(describe(answer)));
  const text = answer.trim();
  if (text === '') throw new UnexpectedAnswerError(BAD_ANSWERS.empty);
  throw new UnexpectedAnswerError(BAD_ANSWERS.notJson(text.startsWith('<')));
}

/** @param name of the part, for the message @throws UnexpectedAnswerError */
export function objectIn(value: unknown, name: string): Json {
  if (!isObject(value)) throw odd(name, value);
  return value;
}

/** @throws UnexpectedAnswerError */
export function listIn(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw odd(name, value);
  return value;
}

/** @throws UnexpectedAnswerError */
export function countIn(value: unknown, name: string): number {
  if (!isCount(value)) throw odd(name, value);
  return value;
}

/** @returns never empty @throws UnexpectedAnswerError */
export function textIn(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw odd(name, value);
  return value;
}

/** Describes a part without quoting text, which can be anything. */
export function odd(name: string, value: unknown): UnexpectedAnswerError {
  return new UnexpectedAnswerError(
    value === undefined ? BAD_ANSWERS.missing(name) : BAD_ANSWERS.unexpected(name, describe(value)),
  );
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return VALUE_TYPES.list;
  if (typeof value === 'string') return value === '' ? VALUE_TYPES.emptyText : VALUE_TYPES.text;
  return typeof value === 'object' && value !== null ? VALUE_TYPES.object : String(value);
}
