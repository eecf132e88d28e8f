import {
  BACKSLASH,
  byte,
  CLOSE_ARRAY,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipAny,
  skipSpace,
} from './json';
import { readObject } from './object';
import { internPair } from './pairs';
import { endAt, isThere, remove, startAt } from './places';
import { Settings } from './settings';
import { factsOf, internValue, sizeOf } from './tuples';

/** Whether the ARN of the current element counts as a resource. */
declare function isListed(): bool;

/** Facts of an ARN. */
const COUNTS: i32 = 1;
const DOES_NOT_COUNT: i32 = 2;

/** More than the number of resource parameters of any service. */
const MOST_NAMES: i32 = 64;

/**
 * @param slots resource parameters of the service: their number, then each slot
 * @returns 0 for a record without resources; odd numbers for lists of ARNs, even numbers for parameters
 */
export function resourcesOf(settings: Settings, call: i32, partition: i32, slots: usize): i32 {
  const list = listed(settings);
  return list == -1 ? 2 * named(settings, call, partition, slots) + 2 : 2 * list + 1;
}

/** @returns index of the list of relevant ARNs in `resources`, -1 for none */
function listed(settings: Settings): i32 {
  let list = -1;
  const start = startAt(settings.resources);
  if (!isThere(settings.resources) || byte(start) != OPEN_ARRAY) return list;
  let at = skipSpace(start + 1);
  // Already scanned, so it is well-formed.
  while (byte(at) != CLOSE_ARRAY) {
    if (byte(at) == OPEN_OBJECT) {
      remove(settings.arn);
      at = readObject(settings.element, at);
      const arn = isThere(settings.arn) ? arnAt(settings) : -1;
      if (arn != -1) list = internPair(settings.lists, list, arn);
    } else {
      at = skipAny(at);
    }
    at = skipSpace(at);
    if (byte(at) == COMMA) at = skipSpace(at + 1);
  }
  return list;
}

/** @returns -1 for an irrelevant ARN */
function arnAt(settings: Settings): i32 {
  if (isObjectArn(startAt(settings.arn), endAt(settings.arn))) return -1;
  const before = sizeOf(settings.arns);
  const arn = internValue(settings.arns, settings.arn);
  const facts = factsOf(settings.arns, arn);
  if (arn == before) store<i32>(facts, isListed() ? COUNTS : DOES_NOT_COUNT);
  return load<i32>(facts) == COUNTS ? arn : -1;
}

/** `arn:` and `:s3:` */
const ARN: i32 = 0x3a6e7261;
const S3: i32 = 0x3a33733a;
const SLASH: i32 = 0x2f;

/**
 * Whether a JSON string is certainly the ARN of an S3 object, which is ignored: there are too many to intern.
 * Recognizes AWS's own spelling only, without escapes before the bucket.
 */
function isObjectArn(start: usize, end: usize): bool {
  if (end < start + 16 || byte(start) != QUOTE || load<i32>(start + 1) != ARN) return false;
  let at = start + 5;
  while (at < end && byte(at) != COLON && byte(at) != BACKSLASH) at += 1;
  if (load<i32>(at) != S3 || byte(at + 4) != COLON || byte(at + 5) != COLON) return false;
  for (at += 6; at < end; at += 1) if (byte(at) == SLASH) return true;
  return false;
}

/** @returns index of the resource parameters with their values; -1 for none */
function named(settings: Settings, call: i32, partition: i32, slots: usize): i32 {
  let number = -1;
  const count = load<i32>(slots);
  for (let name = 0; name < count; name += 1) {
    const slot = load<i32>(slots + 4 * name, 4);
    if (!isThere(slot)) continue;
    const value = internValue(settings.values, slot);
    if (number == -1) number = internPair(settings.named, call, partition);
    number = internPair(settings.named, -1 - number, MOST_NAMES * value + name);
  }
  return number;
}
