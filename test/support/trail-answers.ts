import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  ResourceRow,
  TrailNotes,
  TrailSource,
  WeekRow,
} from '../../src/trail/types.js';

/** All that a trail tells, at once. */
export interface Answers {
  readonly coverage: readonly AccountCoverage[];
  readonly activity: readonly ActivityRow[];
  readonly assumptions: readonly AssumptionRow[];
  readonly people: readonly PersonRow[];
  readonly resources: readonly ResourceRow[];
  readonly weeks: readonly WeekRow[];
  readonly notes: TrailNotes;
}

/** Asks a trail everything, and closes it. */
export async function answersOf(trail: TrailSource): Promise<Answers> {
  try {
    const coverage = await trail.coverage();
    const activity = await collect(trail.activity());
    const assumptions = await collect(trail.assumptions());
    const people = await collect(trail.people());
    const resources = await collect(trail.resources());
    const weeks = await collect(trail.weeks());
    return { coverage, activity, assumptions, people, resources, weeks, notes: trail.notes() };
  } finally {
    await trail.close();
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
