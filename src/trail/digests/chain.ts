import type { Digest } from './digest.js';
import { checkSignature, type PublicKeys } from './public-keys.js';

/** Seconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ChainCheck {
  /** Spans in which a digest file covers all deliveries, and is unchanged; in order, merged. */
  readonly spans: readonly Span[];
  /** S3 objects of digest files that a later one names. */
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Number of digest files with a valid signature. */
  readonly signed: number;
}

/**
 * Checks the digest files of one chain. Each has hash and signature of its predecessor; nothing offline proves the
 * newest (CloudTrail User Guide: Validating digest and log files offline).
 * @param isWhole whether the log files in a digest file are all present
 */
export function checkChain(
  digests: readonly Digest[],
  keys: PublicKeys,
  isWhole: (digest: Digest) => boolean,
): ChainCheck {
  const { ordered, changed } = inOrder(digests);
  const byObject = new Map(ordered.map((digest) => [digest.object, digest]));
  const missing = new Set<string>();
  const before = new Map<Digest, Digest>();
  let signed = 0;
  for (const [index, digest] of ordered.entries()) {
    if (digest.previous === null) continue;
    const previous = byObject.get(digest.previous.object);
    if (previous === undefined) {
      // Files before the first one here are outside the period.
      if (index > 0) missing.add(digest.previous.object);
      continue;
    }
    const signature = checkSignature(previous, digest.previous.signature, keys);
    if (previous.sha256 !== digest.previous.sha256 || signature === 'invalid') changed.add(previous.object);
    else before.set(digest, previous);
    if (signature === 'valid') signed += 1;
  }
  const spans: Span[] = [];
  for (const digest of ordered) {
    if (digest.isBackfill || changed.has(digest.object) || !isWhole(digest)) continue;
    const start = Math.min(digest.start, before.get(digest)?.end ?? Infinity);
    const last = spans.at(-1);
    if (last !== undefined && start <= last.end)
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, digest.end) };
    else spans.push({ start, end: digest.end });
  }
  return { spans, missing: [...missing], changed: [...changed], signed };
}

/** By time. One of several copies is used; if they differ, one was changed. */
function inOrder(digests: readonly Digest[]): {
  readonly ordered: readonly Digest[];
  readonly changed: Set<string>;
} {
  const copies = new Map<string, Digest>();
  const changed = new Set<string>();
  for (const digest of digests) {
    const copy = copies.get(digest.object);
    if (copy === undefined) copies.set(digest.object, digest);
    else if (copy.sha256 !== digest.sha256) changed.add(digest.object);
  }
  return { ordered: [...copies.values()].sort((a, b) => a.end - b.end || a.start - b.start), changed };
}

/** @param spans in order, merged */
export const covers = (spans: readonly Span[], { start, end }: Span): boolean =>
  spans.some((span) => span.start <= start && end <= span.end);
