import { compareText } from '../../base/compare.js';
import type { RecordingConfig } from '../../config/types.js';
import type { RegionEvents } from '../../trail/types.js';
import type { RecordingVerdict } from './kinds.js';

/** `excluded`: the configuration does not list it, although the logs hold its events. */
type RegionVerdict = Extract<RecordingVerdict, 'seen' | 'stated' | 'excluded'>;

interface RegionRecording extends RegionEvents {
  readonly verdict: RegionVerdict;
}

/** Regions whose events the logs of one account could have shown. */
export interface RegionsRecording {
  /** In the logs, or listed in the configuration; sorted. */
  readonly regions: readonly RegionRecording[];
  /** Whether other Regions are recorded. `not-seen`: the logs have no event of the Region of global services. */
  readonly others: Exclude<RecordingVerdict, 'seen'>;
}

/**
 * Region of the events of IAM, by partition: a multi-Region trail records it, and nearly every account has such
 * events (CloudTrail User Guide: Global service events; AWS Fault Isolation Boundaries: Global services).
 */
const HOMES = [
  { regions: /^us-gov-/, home: 'us-gov-west-1' },
  { regions: /^cn-/, home: 'cn-north-1' },
  { regions: /^(?:us|af|ap|ca|eu|il|me|mx|sa)-(?!iso)[a-z]+-\d+$/, home: 'us-east-1' },
] as const;

/** @returns undefined for a Region of an unknown partition */
const homeOf = (region: string): string | undefined =>
  HOMES.find(({ regions }) => regions.test(region))?.home;

/** Fewer events without the home Region prove nothing: an account that few use may have no event there. */
const MANY_EVENTS = 100;

export function regionsRecording(
  seen: readonly RegionEvents[],
  stated: RecordingConfig['regions'],
  hasGlobalEvents: boolean,
): RegionsRecording {
  if (stated === undefined || stated === 'all')
    return {
      regions: seen.map((each) => ({ ...each, verdict: 'seen' })),
      others: stated === 'all' ? 'stated' : othersBySeen(seen, hasGlobalEvents),
    };
  const events = new Map(seen.map(({ region, events: count }) => [region, count]));
  const names = [...new Set([...stated, ...events.keys()])].sort(compareText);
  return {
    regions: names.map((region) => {
      const isStated = stated.includes(region);
      const count = events.get(region) ?? 0;
      return { region, events: count, verdict: isStated ? (count > 0 ? 'seen' : 'stated') : 'excluded' };
    }),
    others: 'excluded',
  };
}

function othersBySeen(seen: readonly RegionEvents[], hasGlobalEvents: boolean): 'assumed' | 'not-seen' {
  const names = new Set(seen.map(({ region }) => region));
  const homes = seen.map(({ region }) => homeOf(region));
  const events = seen.reduce((sum, each) => sum + each.events, 0);
  const lacksHome = homes.every((home) => home !== undefined && !names.has(home));
  return !hasGlobalEvents && events >= MANY_EVENTS && lacksHome ? 'not-seen' : 'assumed';
}

/** @returns the only Regions that are recorded; null if all are */
export function recordedRegions({ regions, others }: RegionsRecording): ReadonlySet<string> | null {
  if (others === 'assumed' || others === 'stated') return null;
  return new Set(regions.filter(({ verdict }) => verdict !== 'excluded').map(({ region }) => region));
}

/** Whether the configuration states that events of IAM and CloudFront are recorded. */
export const statesHome = (stated: readonly string[]): boolean =>
  stated.some((region) => homeOf(region) === region);

/**
 * Services with one endpoint, in us-east-1 (AWS Fault Isolation Boundaries: Partitional services; Global edge
 * network services).
 */
const SERVICES_AT_HOME = new Set([
  'account',
  'cloudfront',
  'iam',
  'organizations',
  'route53',
  'shield',
  'waf',
]);

/** Whether the Regions have every event of a service. */
export const coversService = (recorded: ReadonlySet<string>, prefix: string): boolean =>
  SERVICES_AT_HOME.has(prefix) && statesHome([...recorded]);
