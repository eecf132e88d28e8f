/*
 * Memory: positions, a key, facts, settings, shapes, columns of events, closing bytes of open containers, from DATA on the file with
 * PADDING zeros after it, and tables to the end. Every scan stops at the zeros, which JSON cannot hold. An address of 0 stands for what
 * JSON.parse would not take, or for nothing.
 */

/** By slot: the first byte of a value and the byte after its last, from DATA on. */
export const PLACES: usize = 0;
export const MOST_SLOTS: i32 = 1024;
/** A slot for values without one. */
export const SCRATCH: i32 = MOST_SLOTS - 1;
/** Where JavaScript writes a string: a key, or the id of an event. */
export const KEY: usize = PLACES + 8 * <usize>MOST_SLOTS;
/** Bytes at KEY. */
export const ROOM: i32 = 4096;
/** Where JavaScript writes the facts of a call. */
export const FACTS: usize = KEY + <usize>ROOM + 16;
export const SETTINGS: usize = FACTS + 64;
export const SHAPES: usize = SETTINGS + 128;
/** The most events between two calls of `taken`. Each column holds all of them. */
export const MOST_EVENTS: i32 = 1024;
export const TIMES: usize = 256 * 1024;
export const FINGERPRINTS: usize = TIMES + 8 * <usize>MOST_EVENTS;
export const CALLER_CALL_PAIRS: usize = FINGERPRINTS + 8 * <usize>MOST_EVENTS;
export const SESSIONS: usize = CALLER_CALL_PAIRS + 4 * <usize>MOST_EVENTS;
export const RESOURCES: usize = SESSIONS + 4 * <usize>MOST_EVENTS;
export const OPEN: usize = RESOURCES + 4 * <usize>MOST_EVENTS;
/** JSON.parse takes 70 bytes of memory a level, and a gzip file of a megabyte may have 200 million levels. */
export const MAX_DEPTH: i32 = 1_000_000;
/** Tables of codes, while a file is unpacked. */
export const CODES: usize = OPEN + <usize>MAX_DEPTH + 64;
export const DATA: usize = CODES + 16 * 1024;
/** A position that says so. */
export const TOO_DEEP: i32 = -2;
export const PADDING: i32 = 32;
