import { PREFIXES } from '../catalog/tables/prefixes.js';

const known = new Map<string, readonly string[]>();

/**
 * Possible IAM prefixes of an event source, best first: `runtime.sagemaker.amazonaws.com` is sagemaker,
 * `monitoring` is cloudwatch. AWS may not list all of them.
 */
export function prefixesOf(eventSource: string): readonly string[] {
  let prefixes = known.get(eventSource);
  if (prefixes === undefined) {
    const host = eventSource.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
    prefixes = [...new Set([PREFIXES.get(host) ?? host, host, host.split('.').at(-1) ?? host])];
    known.set(eventSource, prefixes);
  }
  return prefixes;
}
