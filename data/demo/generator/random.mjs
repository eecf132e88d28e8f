/**
 * A stream of pseudo-random numbers (mulberry32). Each actor has its own stream, named by the seed, so that
 * changing one actor leaves the events of others unchanged.
 * @param {string} seed
 */
export function stream(seed) {
  let state = 2166136261;
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0;

  /** @returns {number} in [0, 1) */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  /** @param {number} low @param {number} high both included */
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => list[between(0, list.length - 1)];
  /** @param {string} alphabet @param {number} length */
  const text = (alphabet, length) =>
    Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join('');
  const hex = (/** @type {number} */ length) => text('0123456789abcdef', length);
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  /** An IAM ID: AIDA…, AROA…, ASIA…, AKIA…. @param {string} prefix */
  const iamId = (prefix) => prefix + text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16);
  return { next, between, pick, text, hex, uuid, iamId };
}
