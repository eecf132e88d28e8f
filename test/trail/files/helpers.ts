import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  ResourceRow,
  TrailNotes,
  TrailRequest,
  WeekRow,
} from '../../../src/trail/types.js';

export const ACCOUNT = '111111111111';
export const OTHER = '222222222222';
export const period = { start: '2026-07-01T00:00:00Z', end: '2026-07-04T00:00:00Z' };

type Json = Record<string, unknown>;
let next = 0;

/** A CloudTrail record of alice's, with an eventID of its own. */
export function record(over: Json = {}): Json {
  next += 1;
  return {
    eventVersion: '1.08',
    eventTime: '2026-07-02T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    eventType: 'AwsApiCall',
    eventID: `event-${next}`,
    recipientAccountId: ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      principalId: 'AIDAA',
      accountId: ACCOUNT,
      accessKeyId: 'AKIA1',
    },
    ...over,
  };
}

export const log = (...records: unknown[]): string => JSON.stringify({ Records: records });

/** Writes files (relative path -> contents) into a new folder. */
export async function folder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'cloudtracker-files-'));
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  return root;
}

export interface Answers {
  readonly coverage: readonly AccountCoverage[];
  readonly activity: readonly ActivityRow[];
  readonly assumptions: readonly AssumptionRow[];
  readonly people: readonly PersonRow[];
  readonly resources: readonly ResourceRow[];
  readonly weeks: readonly WeekRow[];
  readonly notes: TrailNotes;
}

export async function answers(
  path: string,
  request: Partial<TrailRequest> = {},
  open: typeof openFilesTrail = openFilesTrail,
): Promise<Answers> {
  const source = await open({ path }, { period, accountIds: [ACCOUNT], concurrency: 2, ...request });
  const activity: ActivityRow[] = [];
  for await (const row of source.activity()) activity.push(row);
  const assumptions: AssumptionRow[] = [];
  for await (const row of source.assumptions()) assumptions.push(row);
  const people: PersonRow[] = [];
  for await (const row of source.people()) people.push(row);
  const resources: ResourceRow[] = [];
  for await (const row of source.resources()) resources.push(row);
  const weeks: WeekRow[] = [];
  for await (const row of source.weeks()) weeks.push(row);
  const coverage = await source.coverage();
  const result = { coverage, activity, assumptions, people, resources, weeks, notes: source.notes() };
  await source.close();
  return result;
}

export const total = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, row) => sum + row.count, 0);
