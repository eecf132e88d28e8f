import { add, emptySet, fullSet, has, intersect, isEmpty, subtract } from '../../catalog/action-set.js';
import type { ActionSet, Catalog } from '../../catalog/types.js';
import { readOrWrite } from '../logged.js';
import type { UnknownKind, UnknownReason, UnseenReason } from '../reasons.js';
import { prefixesOf } from '../source-prefixes.js';
import { unseenKinds, type AccountRecording } from './account.js';
import { kindsOf, type RecordingKind } from './kinds.js';
import { coversService, recordedRegions } from './regions.js';

/** Unknown actions with the same reason. */
export interface UnknownGroup {
  readonly reason: UnknownReason;
  readonly actions: ActionSet;
}

/** Actions whose use would leave no event in the logs of an account, the same for all its principals. */
export interface Unseen {
  /** Disjoint. */
  readonly groups: readonly { readonly reason: UnseenReason; readonly actions: ActionSet }[];
  readonly all: ActionSet;
}

/** Derived from the event types that the logs of an account could have shown. */
export function unseenActions(catalog: Catalog, recording: AccountRecording): Unseen {
  const logged = servicesWithDataEvents(catalog, recording.dataEvents);
  const unseen = unseenKinds(recording);
  const regions = recordedRegions(recording.regions);
  const groups = new Map<UnknownKind, ActionSet>();
  const all = emptySet(catalog.actions.length);
  for (const service of catalog.services) {
    for (let action = service.from; action < service.to; action += 1) {
      const kind = whyUnseen(catalog, action, service.prefix, { logged, unseen, regions });
      if (kind === undefined) continue;
      const group = groups.get(kind) ?? emptySet(catalog.actions.length);
      add(group, action);
      add(all, action);
      groups.set(kind, group);
    }
  }
  const reasons: readonly UnseenReason[] = [
    { kind: 'no-own-event' },
    { kind: 'data-events' },
    ...(regions === null
      ? []
      : [
          {
            kind: 'regions' as const,
            regions: [...regions].sort(),
            stated: recording.regions.others === 'excluded',
          },
        ]),
    ...recording.kinds.map(({ kind, verdict }) => ({ kind, stated: verdict === 'excluded' })),
  ];
  return {
    groups: reasons.flatMap((reason) => {
      const actions = groups.get(reason.kind);
      return actions === undefined ? [] : [{ reason, actions }];
    }),
    all,
  };
}

/**
 * Without the actions that grants limit to the recorded Regions.
 * @param limited see `Grants.onlyIn`
 */
export function withinRegions(unseen: Unseen, limited: ActionSet): Unseen {
  const elsewhere = unseen.groups.find(({ reason }) => reason.kind === 'regions');
  if (elsewhere === undefined) return unseen;
  const shown = intersect(elsewhere.actions, limited);
  if (isEmpty(shown)) return unseen;
  return {
    groups: unseen.groups.map((group) =>
      group === elsewhere ? { ...group, actions: subtract(group.actions, shown) } : group,
    ),
    all: subtract(unseen.all, shown),
  };
}

/** No action is known to be unused. */
export function allUnseen(catalog: Catalog, kind: 'incomplete' | 'aws-last-used'): Unseen {
  const all = fullSet(catalog.actions.length);
  return { groups: [{ reason: { kind }, actions: all }], all };
}

/** Whether the logs would show a use of the action. */
export function isRecorded(catalog: Catalog, action: string, unseen: Unseen): boolean {
  const index = catalog.indexOf(action);
  return index !== undefined && !has(unseen.all, index);
}

interface Recorded {
  readonly logged: ReadonlySet<string>;
  readonly unseen: ReadonlySet<RecordingKind>;
  /** Null: all. */
  readonly regions: ReadonlySet<string> | null;
}

function whyUnseen(
  catalog: Catalog,
  action: number,
  prefix: string,
  seen: Recorded,
): UnknownKind | undefined {
  const kind = whyUnseenEverywhere(catalog, action, prefix, seen);
  if (kind !== undefined || seen.regions === null) return kind;
  // The calls that show such an action are of other services.
  const covered = catalog.recording(action) !== 'never' && coversService(seen.regions, prefix);
  return covered ? undefined : 'regions';
}

function whyUnseenEverywhere(
  catalog: Catalog,
  action: number,
  prefix: string,
  seen: Recorded,
): UnknownKind | undefined {
  switch (catalog.recording(action)) {
    case 'never':
      return catalog.shownInside(action) ? whyUnseenInside(catalog, action, seen.unseen) : 'no-own-event';
    case 'data':
      if (prefix === 'rds-data' && seen.unseen.has('rds-data')) return 'rds-data';
      return seen.logged.has(prefix) || seen.logged.has(`${prefix}:${readOrWrite(catalog, action)}`)
        ? undefined
        : 'data-events';
    case 'management':
      return kindsOf(catalog, action).find((kind) => seen.unseen.has(kind));
  }
}

/** Of an action that requests of other calls show: only where the logs hold none of those calls. */
function whyUnseenInside(
  catalog: Catalog,
  action: number,
  unseen: ReadonlySet<RecordingKind>,
): RecordingKind | undefined {
  const kinds = catalog
    .exercisedBy(action)
    .map((call) => kindsOf(catalog, call).find((kind) => unseen.has(kind)));
  return kinds.includes(undefined) ? undefined : kinds[0];
}

/**
 * @param sources event sources with data events (`s3.amazonaws.com`), IAM prefixes (`s3`) that are logged according
 *   to the configuration, or keys of `LoggedDataEvents` (`s3:read`) for reads or writes only
 */
function servicesWithDataEvents(catalog: Catalog, sources: readonly string[]): ReadonlySet<string> {
  const known = new Set(catalog.services.map((service) => service.prefix));
  return new Set(
    sources.flatMap((source) =>
      /:(read|write)$/.test(source)
        ? source
        : prefixesOf(source)
            .filter((prefix) => known.has(prefix))
            .slice(0, 1),
    ),
  );
}
