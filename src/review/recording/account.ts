import type { RecordingConfig } from '../../config/types.js';
import type { Evidence, KindEvidence } from './evidence.js';
import type { RegionEvents } from '../../trail/types.js';
import { RECORDING_KINDS, type RecordingKind, type RecordingVerdict } from './kinds.js';
import { regionsRecording, statesHome, type RegionsRecording } from './regions.js';

interface KindRecording extends KindEvidence {
  readonly kind: RecordingKind;
  readonly verdict: RecordingVerdict;
}

/** Event types that the logs of one account could have shown. */
export interface AccountRecording {
  /** In the order of `RECORDING_KINDS`. */
  readonly kinds: readonly KindRecording[];
  /** Keys of `LoggedDataEvents` and prefixes of the configuration, sorted. */
  readonly dataEvents: readonly string[];
  readonly regions: RegionsRecording;
}

// Nearly every use of AWS reads before it writes: this many writes without a read come from a write-only trail.
const MANY_WRITES = 10;
// Reads without writes are common (scanners, monitoring): only a large number suggests a read-only trail.
const MANY_READS = 1000;

export function accountRecording(
  evidence: Evidence,
  statedDataEvents: readonly string[],
  stated: RecordingConfig = {},
  regions: readonly RegionEvents[] = [],
): AccountRecording {
  return {
    kinds: RECORDING_KINDS.map((kind) => ({
      kind,
      verdict: statedVerdict(kind, stated) ?? provedVerdict(kind, evidence),
      ...evidence.kinds[kind],
    })),
    dataEvents: [...new Set([...statedDataEvents, ...evidence.loggedDataEvents])].sort(),
    regions: regionsRecording(regions, stated.regions, evidence.kinds.global.events > 0),
  };
}

/** Event types whose absence from the logs proves nothing. */
export const unseenKinds = ({ kinds }: AccountRecording): ReadonlySet<RecordingKind> =>
  new Set(
    kinds.filter(({ verdict }) => verdict === 'not-seen' || verdict === 'excluded').map(({ kind }) => kind),
  );

function statedVerdict(
  kind: RecordingKind,
  { management, exclude, regions, global }: RecordingConfig,
): RecordingVerdict | undefined {
  switch (kind) {
    case 'read':
    case 'write':
      if (management === undefined) return undefined;
      return management === 'all' || management === `${kind}-only` ? 'stated' : 'excluded';
    case 'kms':
    case 'rds-data':
      if (exclude === undefined) return undefined;
      return exclude.includes(kind) ? 'excluded' : 'stated';
    case 'sts':
    case 'global':
      return globalVerdict(kind, global ?? hasHome(regions));
  }
}

/** AWS STS also has Regional endpoints, whose events are recorded without the global ones. */
function globalVerdict(
  kind: 'sts' | 'global',
  isRecorded: boolean | undefined,
): RecordingVerdict | undefined {
  if (isRecorded === undefined) return undefined;
  if (isRecorded) return 'stated';
  return kind === 'global' ? 'excluded' : undefined;
}

const hasHome = (regions: RecordingConfig['regions']): boolean | undefined =>
  regions === undefined ? undefined : regions === 'all' || statesHome(regions);

function provedVerdict(kind: RecordingKind, { kinds, dataEvents }: Evidence): RecordingVerdict {
  if (kinds[kind].events > 0) return 'seen';
  if (kind === 'read') return kinds.write.events + dataEvents >= MANY_WRITES ? 'not-seen' : 'assumed';
  if (kind !== 'write') return 'not-seen';
  const onlyData = kinds.read.events === 0 && dataEvents >= MANY_WRITES;
  return onlyData || kinds.read.events >= MANY_READS ? 'not-seen' : 'assumed';
}
