import { at } from '../../base/checked.js';
import type { Catalog } from '../../catalog/types.js';
import { readOrWrite } from '../logged.js';
import { prefixesOf } from '../source-prefixes.js';

/** Types of management events that a trail can leave out (CloudTrail User Guide: Logging management events). */
export const RECORDING_KINDS = ['read', 'write', 'kms', 'rds-data', 'sts', 'global'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];
export type Direction = 'read' | 'write';

/**
 * `seen`: the logs have an event of this type. `stated`: recorded according to the configuration; `excluded`: not
 * recorded according to the configuration. `not-seen`: the logs have none. `assumed`: the logs have none, but too
 * few other events to conclude that it is left out.
 */
export type RecordingVerdict = 'seen' | 'stated' | 'assumed' | 'not-seen' | 'excluded';

/**
 * Services whose events a trail setting leaves out: AWS KMS and the RDS Data API by name; IAM, CloudFront and the
 * global endpoint of AWS STS in a single-Region trail outside us-east-1 (CloudTrail User Guide: Global service
 * events).
 */
const SERVICE_KINDS: ReadonlyMap<string, RecordingKind> = new Map([
  ['kms', 'kms'],
  ['rds-data', 'rds-data'],
  ['sts', 'sts'],
  ['iam', 'global'],
  ['cloudfront', 'global'],
]);

/**
 * An event of the first type also proves the others: IAM events are recorded wherever events of the global AWS STS
 * endpoint are.
 */
const PROVES: Readonly<Partial<Record<RecordingKind, readonly RecordingKind[]>>> = { global: ['sts'] };

// Rows do not have CloudTrail's readOnly. These rules are right for all of the 2,854 API calls in a real trail; IAM
// access levels alone are wrong for 289: Decrypt, Encrypt, GenerateDataKey and AssumeRole.
const READ_NAME = /^(?:Get|List|Describe|Head|BatchGet|BatchDescribe|Lookup|Search|View)/i;
/** Calls that create something although they are named like reads. */
const MAKES_CREDENTIALS = /(?:Token|Credentials)$/i;
/**
 * Recorded as read events (CloudTrail User Guide: Logging management events; IAM User Guide: Logging IAM and AWS
 * STS API calls).
 */
const READ_EVENTS: ReadonlyMap<string, RegExp> = new Map([
  ['kms', /^(?:Decrypt|Encrypt|GenerateDataKey)/i],
  ['sts', /^AssumeRole/i],
]);
/** Documented as neither. */
const EITHER: ReadonlyMap<string, RegExp> = new Map([
  ['kms', /^(?:ReEncrypt|Sign|Verify|GenerateMac|GenerateRandom|DeriveSharedSecret)/i],
]);

const isRead = (catalog: Catalog, action: number): boolean => readOrWrite(catalog, action) === 'read';

/** What one management event proves about the trail; null if name and access levels disagree. */
export function directionOf(catalog: Catalog, eventSource: string, eventName: string): Direction | null {
  const mapping = catalog.mapEvent(eventSource, eventName);
  const actions = mapping.kind === 'actions' ? mapping.actions : [];
  const prefixes = prefixesOf(eventSource);
  if (prefixes.some((prefix) => READ_EVENTS.get(prefix)?.test(eventName) === true)) return 'read';
  if (prefixes.some((prefix) => EITHER.get(prefix)?.test(eventName) === true)) return null;
  const reads = actions.map((action) => isRead(catalog, action));
  if (READ_NAME.test(eventName))
    return reads.every(Boolean) && !MAKES_CREDENTIALS.test(eventName) ? 'read' : null;
  return reads.length > 0 && !reads.some(Boolean) ? 'write' : null;
}

/** Event types that any event of this source proves to be recorded. */
export function provedBySource(eventSource: string): readonly RecordingKind[] {
  const kinds = prefixesOf(eventSource).flatMap((prefix) => SERVICE_KINDS.get(prefix) ?? []);
  return [...new Set(kinds.flatMap((kind) => [kind, ...(PROVES[kind] ?? [])]))];
}

/** Event types that must all be recorded for the logs to have the management event of an action. */
export function kindsOf(catalog: Catalog, action: number): readonly RecordingKind[] {
  const [prefix = '', name = ''] = at(catalog.actions, action).split(':');
  const service = SERVICE_KINDS.get(prefix);
  return [...directionsOf(catalog, action, prefix, name), ...(service === undefined ? [] : [service])];
}

function directionsOf(catalog: Catalog, action: number, prefix: string, name: string): readonly Direction[] {
  if (READ_EVENTS.get(prefix)?.test(name) === true) return ['read'];
  const named = READ_NAME.test(name);
  const level = isRead(catalog, action);
  if (named !== level || EITHER.get(prefix)?.test(name) === true) return ['read', 'write'];
  return named ? ['read'] : ['write'];
}
