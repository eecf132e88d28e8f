import { isObject } from '../base/is-object.js';
import type { estypes } from '@elastic/elasticsearch';

/** Longer values are stored but not indexed: a term has at most 32,766 bytes (Elasticsearch: ignore_above). */
export const LONGEST_TERM = 8191;

/** Index type of a part of a record, and its expected value. */
export type Shape =
  | 'date'
  | 'keyword'
  | 'boolean'
  /** An object with arbitrary keys, as one field. */
  | 'flattened'
  | { readonly object: Shapes }
  | { readonly list: Shapes };
export type Shapes = Readonly<Record<string, Shape>>;

/**
 * Indexed parts of a record (CloudTrail User Guide: CloudTrail record contents): those that a report needs or
 * people search for. Other parts are stored but not mapped, so no number of keys reaches the field limit.
 */
export const RECORD: Shapes = {
  eventTime: 'date',
  eventSource: 'keyword',
  eventName: 'keyword',
  eventID: 'keyword',
  eventType: 'keyword',
  eventCategory: 'keyword',
  errorCode: 'keyword',
  errorMessage: 'keyword',
  awsRegion: 'keyword',
  sourceIPAddress: 'keyword',
  userAgent: 'keyword',
  recipientAccountId: 'keyword',
  sharedEventID: 'keyword',
  addendum: { object: { reason: 'keyword', originalEventID: 'keyword' } },
  managementEvent: 'boolean',
  readOnly: 'boolean',
  userIdentity: {
    object: {
      type: 'keyword',
      principalId: 'keyword',
      arn: 'keyword',
      accountId: 'keyword',
      accessKeyId: 'keyword',
      userName: 'keyword',
      invokedBy: 'keyword',
      sessionContext: {
        object: {
          sourceIdentity: 'keyword',
          sessionIssuer: {
            object: {
              type: 'keyword',
              principalId: 'keyword',
              arn: 'keyword',
              accountId: 'keyword',
              userName: 'keyword',
            },
          },
        },
      },
    },
  },
  resources: { list: { ARN: 'keyword', accountId: 'keyword', type: 'keyword' } },
  requestParameters: 'flattened',
  responseElements: 'flattened',
};

/** What is indexed beside a record: `StoredRequest`. */
const STORED: Shapes = { plan: 'keyword', request: 'keyword', roles: 'keyword' };

export const indexMapping = (): Record<string, estypes.MappingProperty> => ({
  ...mappingOf(RECORD),
  cloudtracker: { properties: mappingOf(STORED) },
});

function mappingOf(shapes: Shapes): Record<string, estypes.MappingProperty> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, propertyOf(shape)]));
}

function propertyOf(shape: Shape): estypes.MappingProperty {
  switch (shape) {
    case 'date':
      return { type: 'date' };
    case 'keyword':
      return { type: 'keyword', ignore_above: LONGEST_TERM };
    case 'boolean':
      return { type: 'boolean' };
    case 'flattened':
      return { type: 'flattened', ignore_above: LONGEST_TERM, depth_limit: 100 };
    default:
      return { properties: mappingOf('object' in shape ? shape.object : shape.list) };
  }
}

/** Whether the value fits its field without conversion or rejection. */
export function fits(value: unknown, shape: Shape): boolean {
  if (value === undefined || value === null) return true;
  switch (shape) {
    case 'date':
    case 'keyword':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'flattened':
      return isObject(value);
    default:
      if ('list' in shape) return Array.isArray(value) && value.every((item) => allFit(item, shape.list));
      return allFit(value, shape.object);
  }
}

function allFit(value: unknown, shapes: Shapes): boolean {
  if (!isObject(value)) return false;
  for (const name in shapes) {
    const shape = shapes[name];
    if (shape !== undefined && !fits(value[name], shape)) return false;
  }
  return true;
}

/** The parts of a record that have a field and fit it. */
export function fittingParts(
  record: Readonly<Record<string, unknown>>,
  shapes: Shapes,
): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = record[name];
    if (value === undefined || value === null) continue;
    if (typeof shape === 'string') {
      if (fits(value, shape)) parts[name] = value;
    } else if ('object' in shape) {
      if (isObject(value)) parts[name] = fittingParts(value, shape.object);
    } else if (Array.isArray(value)) {
      parts[name] = value.filter(isObject).map((item) => fittingParts(item, shape.list));
    }
  }
  return parts;
}
