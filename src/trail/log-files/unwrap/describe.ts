import type { Json } from './record-keys.js';
import { RECORD_PROBLEMS } from '../../../wording/log-files.js';

const MOST_KEYS = 8;
const LONGEST = 40;

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Description for messages, for any value. */
export function describeValue(value: unknown): string {
  if (value === undefined) return RECORD_PROBLEMS.missing;
  if (typeof value === 'string') return shortened(JSON.stringify(value));
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? RECORD_PROBLEMS.list : RECORD_PROBLEMS.object;
  return JSON.stringify(value);
}

export function describeKeys(value: Json): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return RECORD_PROBLEMS.emptyObject;
  return RECORD_PROBLEMS.keys(keys.slice(0, MOST_KEYS).map(shortened), keys.length > MOST_KEYS);
}
