import type { Json } from './record-keys.js';

const MOST_KEYS = 8;
const LONGEST = 40;

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Description for messages, for any value. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return shortened(JSON.stringify(value));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return JSON.stringify(value);
}

/** "its keys are a, b" */
export function keysOf(value: Json): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'it is empty';
  const named = keys.slice(0, MOST_KEYS).map(shortened).join(', ');
  return `its keys are ${named}${keys.length > MOST_KEYS ? ' and others' : ''}`;
}
