/*
 * Memory: places, a key, shapes, closing bytes of open containers, from DATA on the file with PADDING zeros behind it, and tables to
 * the end. Every walk stops at the zeros, which no JSON holds. An address of 0 stands for what JSON.parse would not take, or for nothing.
 */

/** By slot the first byte of a value and that behind its last, from DATA on. */
export const PLACES: usize = 0;
export const MOST_SLOTS: i32 = 1024;
/** A slot for what has none. */
export const SCRATCH: i32 = MOST_SLOTS - 1;
/** Where JavaScript puts a key that it wrote anew. */
export const KEY: usize = PLACES + 8 * <usize>MOST_SLOTS;
/** Bytes for a key. */
export const ROOM: i32 = 4096;
export const SHAPES: usize = KEY + <usize>ROOM + 16;
export const OPEN: usize = 256 * 1024;
/** JSON.parse takes 70 bytes of memory a level, and a gzip file of a megabyte may have 200 million. */
export const MAX_DEPTH: i32 = 1_000_000;
export const DATA: usize = OPEN + <usize>MAX_DEPTH + 64;
/** Instead of a tuple's number: no room for it. */
export const FULL: i32 = -1;
/** A position that says so. */
export const TOO_DEEP: i32 = -2;
export const PADDING: i32 = 32;
