import type { ElasticsearchConfig } from '../../config/types.js';
import type { Fact, SourceFindings } from '../source.js';
import type { TrailRequest } from '../types.js';
import { MISSING_FIELD_IMPACT } from './missing-fields.js';
import { ExtrasBuilder } from './duplicates.js';
import { readCluster } from './evidence.js';
import { orNull } from './failures.js';
import { nameIn, type FieldTable } from './fields.js';
import { RESOURCE_FIELDS } from './layouts.js';
import { openReaders } from './open.js';
import { coverageOf, notesOf } from './merge-groups.js';
import type { Tuning } from './tuning.js';

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

const LAYOUTS = {
  raw: "raw: CloudTrail's own names",
  ecs: 'ecs: names of Elastic Agent and Filebeat',
} as const;

const MAX_NAMED = 5;

/** Findings of a dry run, without reading events. @throws TrailError like `openElasticsearchTrail` */
export async function inspectElasticsearch(
  config: ElasticsearchConfig,
  request: TrailRequest,
  tuning: Partial<Tuning> = {},
): Promise<Omit<SourceFindings, 'calls' | 'counts'>> {
  const { client, readers, groups, warnings, where, close } = await openReaders(config, request, tuning);
  try {
    const parts = readers.map((reader) => ({ reader, extras: new ExtrasBuilder() }));
    const coverage = await coverageOf(parts);
    const notes = notesOf(readers, warnings);
    const cluster = await orNull(readCluster(client));
    const version = cluster?.version ?? '(version not told)';
    return {
      where: `Elasticsearch ${version}, ${where}`,
      facts: groups.flatMap(({ table, indices, documents }) => describeGroup(table, indices, documents)),
      coverage,
      warnings: notes.warnings,
      problems: groups.length === 0 ? [`The ${where} holds no documents.`] : [],
      incomplete: notes.incomplete,
      otherAccounts: notes.otherAccounts,
    };
  } finally {
    await close();
  }
}

function describeGroup(table: FieldTable, indices: readonly string[], documents: number): Fact[] {
  const more = indices.length > MAX_NAMED ? [`… ${indices.length - MAX_NAMED} more`] : [];
  const names = [...indices.slice(0, MAX_NAMED), ...more].join(', ');
  return [
    { kind: 'line', label: 'indices', value: `${names} (${documents} documents)` },
    { kind: 'line', label: 'layout', value: LAYOUTS[table.layout] },
    {
      kind: 'table',
      rows: [
        ['CloudTrail', 'in the index', 'type', ''],
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
  const found = MISSING_FIELD_IMPACT.map(({ field, impact }): FieldFinding => {
    const resolved = table.fields.get(field);
    const lacking = table.absentIn.get(field)?.length ?? 0;
    if (resolved === undefined) {
      const name = nameIn(table.layout, table.prefix, field);
      const why = table.unusable.has(field) ? `${name ?? field} cannot be grouped by` : 'missing';
      return { field, name: null, type: null, note: `${why}: ${impact}` };
    }
    const note =
      lacking === 0 ? null : `missing in ${lacking} ${lacking === 1 ? 'index' : 'indices'}: ${impact}`;
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
