import { at } from '../../../base/checked.js';

/*
 * `at` for one type of array each: V8 compiles these to a single load in the loops over events. `at` itself meets
 * arrays of many types, so it looks each of them up.
 */

export const intAt = (list: Int32Array, index: number): number => list[index] ?? at(list, index);

export const floatAt = (list: Float64Array, index: number): number => list[index] ?? at(list, index);
