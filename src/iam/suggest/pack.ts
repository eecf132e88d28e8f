import type { Principal, SuggestedPolicy, SuggestedStatement } from '../types.js';
import type { Draft } from './drafts.js';

/** Characters without whitespace (IAM and AWS STS quotas). */
const LIMITS = { user: 2048, role: 10_240, managed: 6144 } as const;

const size = (json: unknown): number => JSON.stringify(json).replace(/\s/g, '').length;
/** Characters of a list in JSON, without its brackets. */
const length = (items: readonly string[]): number => items.reduce((sum, item) => sum + size(item) + 1, 0);

function render({ statement: s, actions }: Draft): SuggestedStatement {
  return {
    Effect: s.effect,
    ...(s.effect === 'Deny' && s.actionKind === 'NotAction' ? { NotAction: actions } : { Action: actions }),
    ...(s.resourceKind === 'NotResource' ? { NotResource: s.resources } : { Resource: s.resources }),
    ...(s.condition === undefined ? {} : { Condition: s.condition }),
  };
}

/** A document under construction, and its size. */
interface Document {
  readonly version: Draft['version'];
  readonly statements: SuggestedStatement[];
  size: number;
}

const empty = (version: Draft['version']): Document => ({
  version,
  statements: [],
  size: size({ Version: version, Statement: [] }),
});

/** Adds the statement if the document stays within the limit. */
function put(document: Document, statement: SuggestedStatement, limit: number): boolean {
  const grown = document.size + size(statement) + (document.statements.length > 0 ? 1 : 0);
  if (grown > limit) return false;
  document.statements.push(statement);
  document.size = grown;
  return true;
}

const finish = (name: string, { version, statements, size: total }: Document): SuggestedPolicy => ({
  name,
  document: { Version: version, Statement: statements },
  size: total,
});

/** Splits a list into parts of at most `room` characters, in order; with little room, in halves. */
function parts(items: readonly string[], room: number): readonly (readonly string[])[] {
  const half = items.length >>> 1;
  if (room < LIMITS.managed / 2) return [items.slice(0, half), items.slice(half)];
  const lists: string[][] = [];
  let left = 0;
  for (const item of items) {
    const last = lists.at(-1);
    left -= length([item]);
    if (last === undefined || left < 0) {
      lists.push([item]);
      left = room - length([item]);
    } else last.push(item);
  }
  return lists;
}

/**
 * Splits the longer list of a statement until each part fits a document; into few parts, because the number of
 * managed policies is limited. Action and Resource can be split, NotAction and NotResource cannot: their parts
 * would have another meaning.
 */
function split(draft: Draft): readonly Draft[] {
  const { statement, actions } = draft;
  const { resources } = statement;
  const whole = size({ Version: draft.version, Statement: [render(draft)] });
  if (whole <= LIMITS.managed) return [draft];
  const byAction = (statement.effect === 'Allow' || statement.actionKind === 'Action') && actions.length > 1;
  const byResource = statement.resourceKind === 'Resource' && resources.length > 1;
  const roomFor = (items: readonly string[]): number => LIMITS.managed - (whole - length(items));
  if (byAction && !(byResource && length(resources) > length(actions))) {
    return parts(actions, roomFor(actions)).flatMap((some) => split({ ...draft, actions: some }));
  }
  if (!byResource) return [draft];
  return parts(resources, roomFor(resources)).flatMap((some) =>
    split({ ...draft, statement: { ...statement, resources: some } }),
  );
}

/**
 * Packs all statements into documents: one inline policy `NAME` if it fits, otherwise managed policies `NAME-1`, …
 * A role statement that cannot be split and is too long for a managed policy stays in an inline policy,
 * `NAME-inline`, which may be longer. Versions are not mixed: policy variables work only in 2012-10-17 (IAM JSON
 * policy elements: Version). A statement that exceeds every limit gets its own document, over the limit.
 */
export function pack(
  name: string,
  type: Principal['type'],
  drafts: readonly Draft[],
): readonly SuggestedPolicy[] {
  const [first] = drafts;
  // Deny statements stay even alone: they also limit what resource-based policies grant.
  if (first === undefined) return [];
  const whole = empty(first.version);
  const fits = drafts.every((d) => d.version === first.version && put(whole, render(d), LIMITS[type]));
  if (fits) return [finish(name, whole)];

  const managed: Document[] = [];
  const inline: Document[] = [];
  for (const draft of drafts.flatMap(split)) {
    const statement = render(draft);
    if (managed.some((d) => d.version === draft.version && put(d, statement, LIMITS.managed))) continue;
    const document = empty(draft.version);
    if (put(document, statement, LIMITS.managed)) managed.push(document);
    else if (!inline.some((d) => d.version === draft.version && put(d, statement, LIMITS.role))) {
      put(document, statement, Infinity);
      inline.push(document);
    }
  }
  return [
    ...managed.map((document, i) => finish(`${name}-${i + 1}`, document)),
    ...inline.map((document, i) => finish(`${name}-inline${i === 0 ? '' : `-${i + 1}`}`, document)),
  ];
}
