import type { Capabilities } from './capabilities.js';
import { LAYOUTS, type LayoutName } from './layouts.js';

/** Content of an index according to its fields. */
export type IndexContent =
  | { readonly kind: LayoutName }
  | { readonly kind: 'otel' }
  /** No CloudTrail records at the configured place; `prefixes`: fields that seem to have some. */
  | { readonly kind: 'other'; readonly prefixes: readonly string[] };

/** Fields of OpenTelemetry's CloudTrail logs (OpenTelemetry semantic conventions: AWS SDK, RPC). */
const OTEL_NAMES = [
  'attributes.rpc.method',
  'attributes.aws.event.id',
  'resource.attributes.cloud.account.id',
] as const;

/** Requested together with the fields of the layouts, to recognize an index that has none of them. */
export const CONTENT_FIELDS = [...OTEL_NAMES, 'eventName', '*.eventName'] as const;

export function detectContent(index: string, capabilities: Capabilities, keyPrefix: string): IndexContent {
  if (capabilities.has(keyPrefix === '' ? 'eventName' : `${keyPrefix}.eventName`)) return { kind: 'raw' };
  const isEcs = (['eventName', 'userIdentity.type'] as const).every((field) => {
    const name = LAYOUTS.ecs.nameOf(field);
    return name !== null && capabilities.has(name);
  });
  if (isEcs) return { kind: 'ecs' };
  if (/(^|[-.:])aws\.cloudtrail\.otel(-|$)/.test(index) || OTEL_NAMES.some((name) => capabilities.has(name)))
    return { kind: 'otel' };
  const prefixes = [...capabilities.keys()]
    .filter((name) => name === 'eventName' || name.endsWith('.eventName'))
    .map((name) => name.slice(0, -'eventName'.length).replace(/\.$/, ''));
  return { kind: 'other', prefixes: prefixes.sort() };
}
