import type { Catalog } from '../../catalog/types.js';
import { prefixesOf } from '../source-prefixes.js';

/** A part of an account's management events that a trail can leave out (CloudTrail User Guide: Logging management events). */
export const RECORDING_KINDS = ['read', 'write', 'kms', 'rds-data', 'sts', 'global'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];
export type Direction = 'read' | 'write';

/**
 * The services whose events a setting of the trail leaves out: AWS KMS and the RDS Data API by name; IAM, CloudFront and the
 * global endpoint of AWS STS in a trail of one Region other than us-east-1 (CloudTrail User Guide: Global service events).
 */
const SERVICE_KINDS: ReadonlyMap<string, RecordingKind> = new Map([
  ['kms', 'kms'],
  ['rds-data', 'rds-data'],
  ['sts', 'sts'],
  ['iam', 'global'],
  ['cloudfront', 'global'],
]);

/** An event of the first kind proves the others too: IAM's events are recorded where the global ones of AWS STS are. */
const PROVES: Readonly<Partial<Record<RecordingKind, readonly RecordingKind[]>>> = { global: ['sts'] };

// CloudTrail's readOnly is not in the rows. Of the 2,854 API calls of a real trail these rules tell it right for all; IAM's
// access levels alone tell 289 wrong: Decrypt, Encrypt, GenerateDataKey and AssumeRole.
const READ_NAME = /^(?:Get|List|Describe|Head|BatchGet|BatchDescribe|Lookup|Search|View)/i;
/** Calls that make something, though they are named as reads. */
const MAKES_CREDENTIALS = /(?:Token|Credentials)$/i;
/** Written as Read events (CloudTrail User Guide: Logging management events; IAM User Guide: Logging IAM and AWS STS API calls). */
const READ_EVENTS: ReadonlyMap<string, RegExp> = new Map([
  ['kms', /^(?:Decrypt|Encrypt|GenerateDataKey)/i],
  ['sts', /^AssumeRole/i],
]);
/** Neither is documented for these. */
const EITHER: ReadonlyMap<string, RegExp> = new Map([
  ['kms', /^(?:ReEncrypt|Sign|Verify|GenerateMac|GenerateRandom|DeriveSharedSecret)/i],
]);

const isRead = (catalog: Catalog, action: number): boolean =>
  catalog.accessLevels(action).every((level) => level === 'Read' || level === 'List');

/** What one management event proves about the trail; null where name and access levels do not agree. */
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

/** The kinds that an event of this source proves to be recorded, whatever it did. */
export function provedBySource(eventSource: string): readonly RecordingKind[] {
  const kinds = prefixesOf(eventSource).flatMap((prefix) => SERVICE_KINDS.get(prefix) ?? []);
  return [...new Set(kinds.flatMap((kind) => [kind, ...(PROVES[kind] ?? [])]))];
}

/** The kinds that must all be recorded for the management event of an action to be in the logs. */
export function kindsOf(catalog: Catalog, action: number): readonly RecordingKind[] {
  const [prefix = '', name = ''] = (catalog.actions[action] ?? '').split(':');
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
