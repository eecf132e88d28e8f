import { getOrInsertComputed } from '../base/maps.js';
import { compareText } from '../base/compare.js';
import type { AssumptionRow } from '../trail/types.js';
import type { PrincipalIndex } from './principal-index.js';
import type { Origin } from './types.js';

/** Collects the paths by which the sessions of every role started. */
export class Origins {
  readonly #principalIndex: PrincipalIndex;
  readonly #byRole = new Map<string, Map<string, Origin>>();

  constructor(principalIndex: PrincipalIndex) {
    this.#principalIndex = principalIndex;
  }

  add(row: AssumptionRow): void {
    const ways = getOrInsertComputed(this.#byRole, row.roleArn, () => new Map<string, Origin>());
    for (const chain of row.chains) {
      const [source] = chain.path;
      if (source === undefined) continue;
      const match = this.#principalIndex.match(source);
      const path = chain.path.map((actor) => {
        const known = this.#principalIndex.match(actor);
        return known.kind === 'principal' ? known.principal.arn : actor.arn;
      });
      const kind = match.kind === 'deleted' ? 'deleted' : source.kind;
      const key = JSON.stringify([kind, path]);
      const { sessions, first, last } = chain;
      const before = ways.get(key);
      ways.set(
        key,
        before === undefined
          ? { kind, path, sessions, first, last }
          : {
              ...before,
              sessions: before.sessions + sessions,
              first: first < before.first ? first : before.first,
              last: last > before.last ? last : before.last,
            },
      );
    }
  }

  /** Most sessions first, then by path. */
  of(roleArn: string): Origin[] {
    return [...(this.#byRole.get(roleArn) ?? [])]
      .sort(([a, x], [b, y]) => y.sessions - x.sessions || compareText(a, b))
      .map(([, origin]) => origin);
  }
}
