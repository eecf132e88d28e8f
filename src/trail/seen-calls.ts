import type { ActivityRow } from './types.js';

/** Calls of all callers in one account. */
export type SeenCall = Pick<
  ActivityRow,
  'recipientAccountId' | 'eventSource' | 'eventName' | 'apiCall' | 'count'
>;

/** Calls in each account, of all callers and outcomes. */
export async function sumCalls(rows: AsyncIterable<ActivityRow>): Promise<readonly SeenCall[]> {
  const calls = new Map<string, { -readonly [Key in keyof SeenCall]: SeenCall[Key] }>();
  for await (const { recipientAccountId, eventSource, eventName, apiCall, count } of rows) {
    const key = [recipientAccountId, eventSource, eventName, apiCall].join('\n');
    const known = calls.get(key);
    if (known === undefined) calls.set(key, { recipientAccountId, eventSource, eventName, apiCall, count });
    else known.count += count;
  }
  return [...calls.values()];
}
