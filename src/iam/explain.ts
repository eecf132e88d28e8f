import { has } from '../catalog/action-set.js';
import type { CompiledStatement } from './compile.js';
import type { Explanation, StatementRef } from './types.js';

/** A policy that affects a principal. */
export interface Source {
  readonly kind: StatementRef['source'];
  /** `group/policy` for a group policy. */
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
}

/** Statements that apply to an action, in the order of the sources. */
export function explain(
  sources: readonly Source[],
  verdict: Explanation['verdict'],
  action: number,
): Explanation {
  const find = (effect: 'Allow' | 'Deny', among: readonly Source[]): StatementRef[] =>
    among.flatMap(({ kind, name, statements }) =>
      statements
        .filter((s) => s.effect === effect && has(s.actions, action))
        .map((s) => ({
          source: kind,
          policy: name,
          statement: s.position,
          sid: s.sid,
          conditional: s.conditional,
          resourceLimited: s.resourceLimited,
        })),
    );
  return {
    verdict,
    allowedBy: find(
      'Allow',
      sources.filter(({ kind }) => kind === 'identity'),
    ),
    deniedBy: find('Deny', sources),
  };
}
