import { isPlain } from './json';
import {
  CALLER_CALL_PAIRS,
  FACTS,
  FINGERPRINTS,
  KEY,
  RESOURCES,
  ROOM,
  SESSIONS,
  SETTINGS,
  TIMES,
} from './layout';
import { internPair } from './pairs';
import { hasText, lengthAt, startAt } from './places';
import { mayMatter } from './requests';
import { resourcesOf } from './resources';
import { Settings } from './settings';
import { timeAt } from './time';
import { factsOf, hashOf, intern, internValue, listOf, mixed, sizeOf } from './tuples';

/*
 * Encodes the record that was just scanned. Only JavaScript knows the meaning of its values: it is called once for
 * each caller and call, and for unusual spellings.
 */

/**
 * Facts of a new caller: IN_SESSION, plus PARTITION times a number shared by callers whose ARNs are built the same
 * way.
 */
declare function factsOfCaller(): i32;
/**
 * Writes the facts of a call to FACTS.
 * @returns whether they apply to all callers
 */
declare function putCall(values: i32, caller: i32): bool;
/**
 * Writes the id of an event, without escapes, to KEY.
 * @returns its length
 */
declare function putId(): i32;
/** Index of a session whose key contains escapes. */
declare function otherSession(slot: i32): i32;
/**
 * Called when the record started a session.
 * @param event its index since the last `taken`
 */
declare function started(event: i32): void;
/**
 * The request of the record may show more than its name does.
 * @param event as above
 * @param call its number
 */
declare function requested(event: i32, call: i32): void;

/** Facts of callers. */
const IN_SESSION: i32 = 1;
const PARTITION: i32 = 2;

/** Facts of calls. */
const KNOWN: i32 = 1;
const IS_CALL: i32 = 2;
const IS_INSIGHT: i32 = 4;
const STARTS_SESSION: i32 = 8;
const HAS_RESOURCES: i32 = 16;

@unmanaged
class Call {
  hash: u64;
  flags: i32;
  number: i32;
  /** In the form that `resourcesOf` expects. */
  slots: usize;
  /** As `mayMatter` takes them; 0 for a call whose requests do not matter. */
  marks: usize;
}

/** Result of reading a record. */
const EVENT: i32 = 0;
const INSIGHT: i32 = 1;
const NO_RECORD: i32 = 2;

let count: i32 = 0;

/**
 * JavaScript has read all events, or does not need them.
 * @returns number of events
 */
export function taken(): i32 {
  const were = count;
  count = 0;
  return were;
}

/** Appends an event to the columns, which must have space. */
export function event(): i32 {
  const settings = changetype<Settings>(SETTINGS);
  const seconds = timeAt(settings.eventTime);
  const caller = callerOf(settings);
  const call = callOf(settings, caller);
  const flags = call.flags;
  if (isNaN(seconds)) return NO_RECORD;
  if ((flags & IS_CALL) == 0) return (flags & IS_INSIGHT) != 0 ? INSIGHT : NO_RECORD;
  const number = call.number;
  const marks = call.marks;
  const ofCaller = load<i32>(factsOf(settings.callers, caller));
  store<f64>(TIMES + 8 * count, seconds);
  store<u64>(FINGERPRINTS + 8 * count, fingerprintOf(settings, call.hash, seconds));
  store<i32>(CALLER_CALL_PAIRS + 4 * count, internPair(settings.callerCallPairs, caller, number));
  store<i32>(
    RESOURCES + 4 * count,
    (flags & HAS_RESOURCES) != 0 ? resourcesOf(settings, number, ofCaller / PARTITION, call.slots) : -1,
  );
  store<i32>(SESSIONS + 4 * count, (ofCaller & IN_SESSION) != 0 ? session(settings.accessKeyId) : -1);
  if ((flags & STARTS_SESSION) != 0) started(count);
  if (marks != 0 && mayMatter(settings.requestParameters, marks)) requested(count, number);
  count += 1;
  return EVENT;
}

function callerOf(settings: Settings): i32 {
  const before = sizeOf(settings.callers);
  const caller = intern(settings.callers, listOf(settings.callers, hasText(settings.issuerArn) ? 0 : 1));
  if (caller == before) store<i32>(factsOf(settings.callers, caller), factsOfCaller());
  return caller;
}

function callOf(settings: Settings, caller: i32): Call {
  const values = intern(settings.calls, listOf(settings.calls, 0));
  const facts = factsOf(settings.calls, values);
  const call = changetype<Call>(facts);
  if ((call.flags & KNOWN) != 0) return call;
  if (putCall(values, caller)) memory.copy(facts, FACTS, offsetof<Call>());
  return changetype<Call>(FACTS);
}

/**
 * @param slot of an access key
 * @returns index of the session, -1 for none
 */
export function session(slot: i32): i32 {
  if (!hasText(slot)) return -1;
  return isPlain(startAt(slot), lengthAt(slot))
    ? internValue(changetype<Settings>(SETTINGS).sessions, slot)
    : otherSession(slot);
}

/**
 * 64-bit fingerprint of an event: ID, time, source, name and account. An addendum has the fingerprint of the event
 * that it corrects (CloudTrail User Guide: CloudTrail record contents, addendum). The ID alone is not enough:
 * redacted and example data reuse IDs. Among 100 million events, a collision has a chance of 1 in 3,700.
 * @param call hash of what distinguishes events with the same ID and time
 * @returns 0 for an event without ID
 */
function fingerprintOf(settings: Settings, call: u64, seconds: f64): u64 {
  const slot = hasText(settings.originalEventID) ? settings.originalEventID : settings.eventID;
  if (!hasText(slot)) return 0;
  let start = startAt(slot) + 1;
  let length = lengthAt(slot) - 2;
  if (length > ROOM || !isPlain(start - 1, length + 2)) {
    length = putId();
    start = KEY;
  }
  const hash = mixed(mixed(hashOf(start, length, call), reinterpret<u64>(seconds)), 0);
  return hash == 0 ? 1 : hash;
}
