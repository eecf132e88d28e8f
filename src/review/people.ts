import { getOrInsertComputed, increment, countOf } from '../base/maps.js';
import { compareText } from '../base/compare.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Principal } from '../iam/types.js';
import type { PersonRow } from '../trail/types.js';
import { callKey, RowsByPrincipal } from './rows-by-principal.js';
import type { PrincipalIndex } from './principal-index.js';
import { seenCalls } from './seen-calls.js';
import type { PersonReview } from './types.js';

type Person = Pick<PersonReview, 'sessionName' | 'sourceIdentity'>;

/** People behind the sessions of each role. */
export interface People {
  /** Latest activity first. Call it once per role: its rows are dropped. */
  take(role: Principal, granted: ActionSet): PersonReview[];
}

export async function sortPeople(
  rows: AsyncIterable<PersonRow>,
  principalIndex: PrincipalIndex,
  catalog: Catalog,
): Promise<People> {
  const rowsByPrincipal = new RowsByPrincipal<PersonRow>((row) =>
    [row.sessionName, row.sourceIdentity, callKey(row)].join('\n'),
  );
  for await (const row of rows) {
    const match = principalIndex.match(row.actor);
    if (match.kind === 'principal') rowsByPrincipal.add(match.principal, row);
  }
  return { take: (role, granted) => review(catalog, granted, rowsByPrincipal.take(role)) };
}

function review(catalog: Catalog, granted: ActionSet, rows: readonly PersonRow[]): PersonReview[] {
  const labels = labelsOf(new Set(rows.map((row) => row.sessionName)));
  const people = new Map<string, { readonly person: Person; readonly calls: PersonRow[] }>();
  for (const row of rows) {
    const person = { sessionName: labels(row.sessionName), sourceIdentity: row.sourceIdentity };
    const key = [person.sessionName, person.sourceIdentity].join('\n');
    getOrInsertComputed(people, key, () => ({ person, calls: [] })).calls.push(row);
  }
  return [...people.values()]
    .map(({ person, calls }) => ({ ...person, ...seenCalls(catalog, granted, calls) }))
    .sort((a, b) => compareText(b.last, a.last) || compareText(a.sessionName, b.sessionName));
}

/** This many names that differ only in numbers are runs of one program (`build-4711`), not people. */
const NUMBERED_NAMES = 5;

/** Names of numbered runs have one label, `build-*`; all others stay unchanged. */
function labelsOf(names: ReadonlySet<string>): (name: string) => string {
  const shapeOf = (name: string): string => name.replaceAll(/\d+/g, '*');
  const shapes = new Map<string, number>();
  for (const name of names) {
    if (!name.includes('@')) increment(shapes, shapeOf(name));
  }
  return (name) => (countOf(shapes, shapeOf(name)) >= NUMBERED_NAMES ? shapeOf(name) : name);
}
