import { LIST_LEVELS } from '../../../base/requests/matcher.js';
import {
  createCallPlans,
  type CallPlan,
  type FindCallPlan,
  type RequestPlan,
} from '../../../base/requests/plan.js';
import { requestReader, type RequestContents } from '../../../base/requests/reader.js';
import { Interner, joinKeys } from '../collections/interner.js';

/** Instead of an index: the request is complete and contains nothing of the plan. */
export const NOTHING_FOUND = -1;

/** Bytes of a mark that are compared. */
const MARK_BYTES = 8;
const SMALL = 0x20;

/** Reads the requests of calls with a plan, and interns their contents. */
export class Requests {
  readonly contents = new Interner<RequestContents>(({ parameters, found, roles }) =>
    joinKeys([parameters, found.join(' '), ...roles]),
  );
  readonly #planOf: FindCallPlan | undefined;

  constructor(plan: RequestPlan | undefined) {
    this.#planOf = plan && createCallPlans(plan);
  }

  planOf(eventSource: string, eventName: string): CallPlan | null {
    return this.#planOf?.(eventSource, eventName) ?? null;
  }

  /** @returns index of its contents, or NOTHING_FOUND */
  read(plan: CallPlan, requestParameters: unknown): number {
    const contents = requestReader(plan)(requestParameters);
    const { parameters, found, roles } = contents;
    if (parameters === 'whole' && found.length === 0 && roles.length === 0) return NOTHING_FOUND;
    return this.contents.add(contents);
  }
}

/** Bytes that WebAssembly searches for in a request before JavaScript parses it (assembly/requests.ts). */
export function marksFor({ paths, roles }: CallPlan): number[] {
  const starts = new Set(paths.map(({ path }) => startOf(path)));
  starts.add(startOf('omitted'));
  // Text instead of an object: redacted or JSON ("[" counts as "{").
  if (paths.some(({ path }) => path.includes('.'))) starts.add('hidden_d').add('{');
  // A string value begins after a quote, as names do.
  if (roles) starts.add('arn:');
  return [starts.size, 0, ...[...starts].flatMap(toMark)];
}

/** The last name of a path with its closing quote; empty, which matches every name, if the path has only list levels. */
function startOf(path: string): string {
  const name = path
    .toLowerCase()
    .split('.')
    .filter((part) => part !== '' && !LIST_LEVELS.has(part))
    .at(-1);
  return name === undefined ? '' : `${name}"`.slice(0, MARK_BYTES);
}

function toMark(start: string): number[] {
  const bytes = Buffer.from(start);
  const value = Buffer.alloc(MARK_BYTES);
  const mask = Buffer.alloc(MARK_BYTES);
  for (const [at, byte] of bytes.entries()) {
    value[at] = byte | SMALL;
    mask[at] = 0xff;
  }
  return [value, mask].flatMap((half) => [half.readInt32LE(0), half.readInt32LE(4)]);
}
