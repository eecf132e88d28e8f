import type { LogFile, TrailNotes, TrailSource } from '../../src/trail/types.js';

type Whole<Answer> = Answer extends AsyncIterable<infer Row> ? readonly Row[] : Awaited<Answer>;

/** All answers of a trail. */
export type Answers = {
  readonly [Question in Exclude<keyof TrailSource, 'close' | 'notes'>]: Whole<
    ReturnType<TrailSource[Question]>
  >;
} & {
  readonly notes: Omit<TrailNotes, 'logFiles'> & { readonly logFiles?: readonly LogFile[] };
};

/** Asks a trail all questions, and closes it. */
export async function answersOf(trail: TrailSource): Promise<Answers> {
  try {
    const coverage = await trail.coverage();
    const activity = await collect(trail.activity());
    const assumptions = await collect(trail.assumptions());
    const people = await collect(trail.people());
    const resources = await collect(trail.resources());
    const requests = await collect(trail.requests());
    const weeks = await collect(trail.weeks());
    const { logFiles, ...others } = trail.notes();
    const notes = logFiles === undefined ? others : { ...others, logFiles: await collect(logFiles) };
    return { coverage, activity, assumptions, people, resources, requests, weeks, notes };
  } finally {
    await trail.close();
  }
}

async function collect<T>(items: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
