import { errors } from '@elastic/elasticsearch';
import { expect, it } from 'vitest';
import {
  NoAnswerError,
  orNull,
  PartialAnswerError,
  QueryFailedError,
} from '../../../src/trail/elasticsearch/failures.js';
import { UnexpectedAnswerError } from '../../../src/trail/elasticsearch/unexpected-answer.js';

it.each([
  new errors.ConnectionError('refused'),
  new errors.TimeoutError('too late'),
  new QueryFailedError('the query failed'),
  new PartialAnswerError('1 of 2 shards failed'),
  new UnexpectedAnswerError('the answer is empty'),
  new NoAnswerError(),
])('%s of a server is no answer', async (error) => {
  expect(await orNull(Promise.reject(error))).toBeNull();
});

it.each([
  new TypeError('x is undefined'),
  new Error('of this program'),
  new errors.ConfigurationError('no node'),
])('%s is thrown', async (error) => {
  await expect(orNull(Promise.reject(error))).rejects.toBe(error);
});

it('gives the answer', async () => {
  expect(await orNull(Promise.resolve(7))).toBe(7);
});
