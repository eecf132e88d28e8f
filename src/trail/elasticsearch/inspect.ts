import type { ElasticsearchConfig } from '../../config/types.js';
import type { Fact, SourceFindings } from '../source.js';
import type { TrailRequest } from '../types.js';
import { EXPLAINED_FIELDS } from './missing-fields.js';
import { DuplicateCounter } from './duplicates.js';
import { readCluster } from './evidence.js';
import { orNull } from './failures.js';
import { nameIn, type FieldTable } from './fields.js';
import { RESOURCE_FIELDS } from './layouts.js';
import { openReaders } from './open.js';
import { coverageOf, notesOf } from './merge-groups.js';
import type { Tuning } from './tuning.js';
import { INDEX_ERRORS, INDEX_FINDINGS } from '../../wording/elasticsearch-index.js';

/** A CloudTrail field in the index, or the effect of its absence. */
interface FieldFinding {
  /** CloudTrail's name. */
  readonly field: string;
  /** Name in the index for filters and groups. Null: missing or unusable. */
  readonly name: string | null;
  readonly type: string | null;
  /** About what is missing, in all or some indices. */
  readonly note: string | null;
}

/** Findings of a dry run, without reading events. @throws TrailError like `openElasticsearchTrail` */
export async function inspectElasticsearch(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning> = {},
): Promise<Omit<SourceFindings, 'calls' | 'counts'>> {
  const { client, readers, groups, warnings, where, close } = await openReaders(config, request, tuning);
  try {
    const parts = readers.map((reader) => ({ reader, duplicates: new DuplicateCounter() }));
    const coverage = await coverageOf(parts);
    const notes = notesOf(readers, warnings);
    const cluster = await orNull(readCluster(client));
    return {
      where: INDEX_FINDINGS.server(cluster?.version ?? null, where),
      facts: groups.flatMap(({ table, indices, documents }) => describeGroup(table, indices, documents)),
      coverage,
      warnings: notes.warnings,
      problems: groups.length === 0 ? [INDEX_ERRORS.empty(where)] : [],
      incomplete: notes.incomplete,
      otherAccounts: notes.otherAccounts,
    };
  } finally {
    await close();
  }
}

function describeGroup(table: FieldTable, indices: readonly string[], documents: number): Fact[] {
  const { labels, columns } = INDEX_FINDINGS;
  return [
    { kind: 'line', label: labels.indices, value: INDEX_FINDINGS.indices(indices, documents) },
    { kind: 'line', label: labels.layout, value: INDEX_FINDINGS.layout(table.layout) },
    {
      kind: 'table',
      rows: [
        columns,
        ['eventTime', table.timestamp, 'date', ''],
        ...findingsOf(table).map(({ field, name, type, note }) => [
          field,
          name ?? '-',
          type ?? '-',
          note ?? '',
        ]),
      ],
    },
  ];
}

function findingsOf(table: FieldTable): FieldFinding[] {
  const found = EXPLAINED_FIELDS.map(({ field }): FieldFinding => {
    const resolved = table.fields.get(field);
    const lacking = table.absentIn.get(field)?.length ?? 0;
    if (resolved === undefined) {
      const name = nameIn(table.layout, table.prefix, field);
      const note = table.unusable.has(field)
        ? INDEX_FINDINGS.notGroupable(name ?? field, field)
        : INDEX_FINDINGS.missing(field);
      return { field, name: null, type: null, note };
    }
    const note = lacking === 0 ? null : INDEX_FINDINGS.missingIn(lacking, field);
    return { field, name: resolved.exact, type: resolved.type, note };
  });
  const parameters = [...RESOURCE_FIELDS].filter((field) => field !== 'resources.ARN');
  const there = parameters.filter((field) => table.fields.has(field)).length;
  return [
    ...found,
    {
      field: INDEX_FINDINGS.parameters,
      name: null,
      type: null,
      note: INDEX_FINDINGS.indexedParameters(there, parameters.length),
    },
  ];
}
