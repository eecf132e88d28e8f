/*
 * Memory layout: positions, a key, facts, settings, shapes, event columns, closing bytes of open containers; from
 * DATA the file with PADDING zeros; then tables. Every scan stops at the zeros, which JSON cannot contain. Address
 * 0 means invalid JSON, or nothing.
 */

/** By slot: start and end of a value, relative to DATA. */
export const PLACES: usize = 0;
export const MOST_SLOTS: i32 = 1024;
/** Slot for values without a slot of their own. */
export const SCRATCH: i32 = MOST_SLOTS - 1;
/** JavaScript writes strings here: a key, or an event ID. */
export const KEY: usize = PLACES + 8 * <usize>MOST_SLOTS;
/** Bytes at KEY. */
export const ROOM: i32 = 4096;
/** JavaScript writes the facts of a call here. */
export const FACTS: usize = KEY + <usize>ROOM + 16;
export const SETTINGS: usize = FACTS + 64;
export const SHAPES: usize = SETTINGS + 128;
/** Maximum number of events between two calls of `taken`, the length of each column. */
export const MOST_EVENTS: i32 = 1024;
export const TIMES: usize = 256 * 1024;
export const FINGERPRINTS: usize = TIMES + 8 * <usize>MOST_EVENTS;
export const CALLER_CALL_PAIRS: usize = FINGERPRINTS + 8 * <usize>MOST_EVENTS;
export const SESSIONS: usize = CALLER_CALL_PAIRS + 4 * <usize>MOST_EVENTS;
export const RESOURCES: usize = SESSIONS + 4 * <usize>MOST_EVENTS;
export const OPEN: usize = RESOURCES + 4 * <usize>MOST_EVENTS;
/** JSON.parse takes 70 bytes of memory per level, and a gzip file of 1 MB can have 200 million levels. */
export const MAX_DEPTH: i32 = 1_000_000;
/** Huffman tables, while a file is decompressed. */
export const CODES: usize = OPEN + <usize>MAX_DEPTH + 64;
export const DATA: usize = CODES + 16 * 1024;
/** Position for "too deep". */
export const TOO_DEEP: i32 = -2;
export const PADDING: i32 = 32;
