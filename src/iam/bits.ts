import type { ActionSet } from '../catalog/types.js';

export const emptyBits = (actions: number): ActionSet => new Uint32Array(Math.ceil(actions / 32));

export function setBit(set: ActionSet, index: number): void {
  set[index >>> 5] = ((set[index >>> 5] ?? 0) | (1 << (index & 31))) >>> 0;
}

export const hasBit = (set: ActionSet, index: number): boolean =>
  (((set[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;

export function orInto(target: ActionSet, other: ActionSet): void {
  for (let i = 0; i < target.length; i++) target[i] = ((target[i] ?? 0) | (other[i] ?? 0)) >>> 0;
}

export const andBits = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word & (b[i] ?? 0));

export const andNotBits = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word & ~(b[i] ?? 0));

export const orBits = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word | (b[i] ?? 0));

export const isEmpty = (set: ActionSet): boolean => set.every((word) => word === 0);

/** a ⊆ b */
export const isSubset = (a: ActionSet, b: ActionSet): boolean => isEmpty(andNotBits(a, b));
