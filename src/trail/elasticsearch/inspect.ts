import type { ElasticsearchConfig } from '../../config/types.js';
import type { AccountCoverage, TrailRequest } from '../types.js';
import { COSTS } from './costs.js';
import { ExtrasBuilder } from './duplicates.js';
import { readCluster } from './evidence.js';
import { nameIn, type FieldTable } from './fields.js';
import { RESOURCE_FIELDS } from './layouts.js';
import { openReaders } from './open.js';
import { coverageOf, notesOf } from './several.js';
import type { Tuning } from './tuning.js';

/** Where a field of CloudTrail is, or what its absence costs. */
export interface FieldFinding {
  /** CloudTrail's name. */
  readonly field: string;
  /** In the index: what filters and groups use. Null: not there, or not usable. */
  readonly name: string | null;
  readonly type: string | null;
  /** Of what is missing, everywhere or in some indices. */
  readonly note: string | null;
}

export interface GroupFinding {
  readonly layout: 'raw' | 'ecs';
  readonly indices: readonly string[];
  readonly documents: number;
  readonly timestamp: string;
  readonly fields: readonly FieldFinding[];
}

export interface ElasticsearchFindings {
  readonly where: string;
  /** Null: the credentials may not ask. */
  readonly version: string | null;
  readonly groups: readonly GroupFinding[];
  /** Indices with documents that are not read. */
  readonly others: readonly { readonly index: string; readonly documents: number }[];
  /** As recorded: an event that several trails recorded counts for each. */
  readonly coverage: readonly AccountCoverage[];
  readonly warnings: readonly string[];
  readonly incomplete: readonly { readonly accountId: string | null; readonly reason: string }[];
}

/** What a report would find, without reading the events. @throws TrailError as `openElasticsearchTrail` */
export async function inspectElasticsearch(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning> = {},
): Promise<ElasticsearchFindings> {
  const { client, readers, groups, others, warnings, where, close } = await openReaders(
    config,
    request,
    tuning,
  );
  try {
    const parts = readers.map((reader) => ({ reader, extras: new ExtrasBuilder() }));
    const coverage = await coverageOf(parts);
    const notes = notesOf(readers, warnings);
    return {
      where,
      version: await readCluster(client).then(
        ({ version }) => version,
        () => null,
      ),
      groups: groups.map(({ table, indices, documents }) => ({
        layout: table.layout,
        indices,
        documents,
        timestamp: table.timestamp,
        fields: findingsOf(table),
      })),
      others,
      coverage,
      warnings: notes.warnings,
      incomplete: notes.incomplete,
    };
  } finally {
    await close();
  }
}

function findingsOf(table: FieldTable): FieldFinding[] {
  const found = COSTS.map(({ field, cost }): FieldFinding => {
    const resolved = table.fields.get(field);
    const lacking = table.absentIn.get(field)?.length ?? 0;
    if (resolved === undefined) {
      const name = nameIn(table.layout, table.prefix, field);
      const why = table.unusable.has(field) ? `${name ?? field} cannot be grouped by` : 'missing';
      return { field, name: null, type: null, note: `${why}: ${cost}` };
    }
    const note =
      lacking === 0 ? null : `missing in ${lacking} ${lacking === 1 ? 'index' : 'indices'}: ${cost}`;
    return { field, name: resolved.exact, type: resolved.type, note };
  });
  const parameters = [...RESOURCE_FIELDS].filter((field) => field !== 'resources.ARN');
  const there = parameters.filter((field) => table.fields.has(field)).length;
  return [
    ...found,
    {
      field: 'requestParameters (resources)',
      name: null,
      type: null,
      note:
        `${there} of ${parameters.length} parameters that name resources are there` +
        (there === 0 ? ': suggestions keep the resources of today' : ''),
    },
  ];
}
