import { getOrInsertComputed } from '../../../base/maps.js';
import { compareBy } from '../../../base/compare.js';
import { SUGGESTION_TEXTS } from '../../../wording/pages.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** Changes of a suggestion in statements with the same effect, resources and condition. */
export interface PlaceDiff {
  readonly place: string;
  readonly lines: readonly Line[];
}
export interface Line {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

type Strings = string | readonly string[];
const listOf = (value: Strings): readonly string[] => (typeof value === 'string' ? [value] : value);

/** A statement of a suggested document (IAM JSON policy elements). */
interface Suggested {
  readonly Effect: string;
  readonly Action?: Strings;
  readonly NotAction?: Strings;
  readonly Resource?: Strings;
  readonly NotResource?: Strings;
  readonly Condition?: unknown;
}

interface Place {
  readonly today: Map<string, string>;
  readonly tomorrow: Map<string, string>;
}

const sorted = (items: readonly string[]): string[] => [...new Set(items)].sort();
/** Sorts keys and values of a condition. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return [...(value as unknown[])].sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(compareBy(([key]) => key))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
};

function placeName(
  effect: string,
  resources: readonly string[],
  inverted: boolean,
  condition: unknown,
): string {
  return SUGGESTION_TEXTS.statement(
    effect,
    sorted(resources).join(', '),
    inverted,
    condition === undefined ? null : JSON.stringify(ordered(condition)),
  );
}

/**
 * Compares today's identity-based policies with the cautious suggestion. Both are sets of statements, so they are
 * compared as sets: for each place, which actions go, which are added (a wildcard becomes the names in use), and
 * which stay. Unchanged places are omitted.
 */
export function diffOf(p: DescribedPrincipal): readonly PlaceDiff[] {
  const places = new Map<string, Place>();
  const at = (name: string): Place => {
    const place = getOrInsertComputed(places, name, () => ({ today: new Map(), tomorrow: new Map() }));
    return place;
  };
  const put = (lines: Map<string, string>, actions: readonly string[], inverted: boolean): void => {
    const texts = inverted ? [SUGGESTION_TEXTS.everythingExcept(sorted(actions).join(', '))] : actions;
    for (const text of texts) lines.set(text.toLowerCase(), text);
  };
  for (const { document } of p.policies())
    for (const s of document.statements) {
      const name = placeName(s.effect, s.resources, s.resourceKind === 'NotResource', s.condition);
      put(at(name).today, s.actions, s.actionKind === 'NotAction');
    }
  for (const { document } of p.suggestion.cautious)
    for (const s of (document as { readonly Statement: readonly Suggested[] }).Statement) {
      const { Effect, Resource, NotResource, Condition } = s;
      const name = placeName(
        Effect,
        listOf(Resource ?? NotResource ?? []),
        NotResource !== undefined,
        Condition,
      );
      put(at(name).tomorrow, listOf(s.Action ?? s.NotAction ?? []), s.NotAction !== undefined);
    }
  return [...places]
    .sort(compareBy(([key]) => key))
    .map(([place, lines]) => ({ place, lines: linesOf(lines) }))
    .filter(({ lines }) => lines.some(({ kind }) => kind !== 'same'));
}

function linesOf({ today, tomorrow }: Place): Line[] {
  return [...new Set([...today.keys(), ...tomorrow.keys()])].sort().map((key): Line => {
    const [before, after] = [today.get(key), tomorrow.get(key)];
    if (before === undefined) return { kind: 'added', text: after ?? key };
    return { kind: after === undefined ? 'removed' : 'same', text: before };
  });
}
