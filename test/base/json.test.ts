import { expect, it } from 'vitest';
import { JsonError, parseJson } from '../../src/base/json.js';

it('gives what JSON.parse gives', () => {
  expect(parseJson('{"a": [1, "["]}')).toEqual({ a: [1, '['] });
  expect(parseJson(JSON.stringify('['.repeat(2_000_000)))).toHaveLength(2_000_000);
});

it.each<[string, string]>([
  ['[1,\n {"a": 1,}]', 'is not JSON (line 2, column 10)'],
  ['{"a":\n', 'is not JSON (line 2, column 1)'],
  ['', 'is not JSON (line 1, column 1)'],
])('names the place in %j', (text, message) => {
  expect(() => parseJson(text)).toThrow(JsonError);
  expect(() => parseJson(text)).toThrow(message);
});

it.each(['[', '{"a":'])('refuses %s a million levels deep, closed or not', (open) => {
  const close = open === '[' ? ']' : '}';
  const text = open.repeat(1_100_000);
  expect(() => parseJson(text)).toThrow('is nested too deeply');
  expect(() => parseJson(`${text}1${close.repeat(1_100_000)}`)).toThrow('is nested too deeply');
});

it('counts the lines of a large file without keeping them', () => {
  expect(() => parseJson('\n'.repeat(5_000_000))).toThrow('is not JSON (line 5000001, column 1)');
});
