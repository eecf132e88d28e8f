type Json = Record<string, unknown>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Whether a value is a CloudTrail record. */
export function isRecord(value: unknown): boolean {
  const { eventSource, eventName, eventTime } = object(value);
  return text(eventSource) !== null && text(eventName) !== null && eventTime !== undefined;
}
