import { DROPPED, KNOWN, NO_ROLE_REASONS, ROLES_ELSEWHERE, ROLES_FROM } from './known.mjs';
import { copyFlags, rolePaths, tagPaths } from './parameters.mjs';

const TAG_ACTION = /:(Tag\w*|AddTags\w*|CreateTags|CreateOrUpdateTags)$/i;
const UNTAG_ACTION = /:(Untag\w*|RemoveTags\w*|DeleteTags)$/i;

/** Reasons in known.mjs that add to the models instead of replacing them. */
const BESIDES = new Set(['template-tags']);

/**
 * Further actions of every operation, with their evidence.
 * @returns {{operation: string, action: string, shownBy?: string, hidden?: string, when?: string, passedTo?:
 * string, instead?: string}[]}
 */
export function furtherActions(operations, models) {
  const known = indexKnown();
  const entries = [];
  for (const { operation, actions, passedTo, clients } of operations) {
    const inputs = models.inputs(operation, clients);
    const further = new Set(actions.filter((action) => action.toLowerCase() !== operation.toLowerCase()));
    // An operation whose only action has another name: src/catalog/tables maps it.
    const renamed = actions.length === 1 && actions[0] !== 'iam:PassRole' && !TAG_ACTION.test(actions[0]);
    if (renamed && !known.additions.has(operation)) continue;
    for (const action of further) {
      if (DROPPED.some(([of, what]) => of.test(operation) && what.test(action))) continue;
      const curated = known.get(`${operation} ${action}`) ?? [];
      const besides = curated.every((one) => BESIDES.has(one.hidden));
      const derived = besides ? derive(operation, action, inputs, { passedTo, further }) : [];
      for (const one of [...derived, ...curated]) entries.push({ operation, action, ...one });
    }
    for (const [action, evidence] of known.additions.get(operation) ?? [])
      if (!further.has(action)) for (const one of evidence) entries.push({ operation, action, ...one });
    known.additions.delete(operation);
  }
  // The single-file reference omits operations without further actions.
  for (const [operation, actions] of known.additions)
    for (const [action, evidence] of actions)
      for (const one of evidence) entries.push({ operation, action, ...one });
  return entries;
}

function derive(operation, action, inputs, { passedTo, further }) {
  if (action === 'iam:PassRole') return passRole(operation, inputs, passedTo);
  if (TAG_ACTION.test(action)) {
    // An older action, or one of another service, that allows the same tags.
    const usual = `${operation.split(':')[0]}:TagResource`;
    if (TAG_ACTION.test(operation)) return [hidden('either')];
    if (action !== usual && further.has(usual)) return [hidden('either', tagPaths(inputs).certain)];
    return tags(inputs);
  }
  // API Gateway authorizes tags at creation as PUT of /tags (API Gateway Developer Guide, "Tag-based access
  // control").
  if (action === 'apigateway:PUT' && tagPaths(inputs).certain.length > 0) return tags(inputs);
  if (UNTAG_ACTION.test(action)) {
    const { certain, doubtful } = tagPaths(inputs);
    return [hidden('tags', [...certain, ...doubtful])];
  }
  return [hidden('inside')];
}

function passRole(operation, inputs, passedTo) {
  const reason = NO_ROLE_REASONS.find(([of]) => of.test(operation))?.[1] ?? 'no-role';
  const shownBy = ROLES_ELSEWHERE[operation] ?? rolePaths(inputs).join(' ');
  return [
    {
      shownBy,
      ...(passedTo.length > 0 ? { passedTo: passedTo.join(' ') } : { passedTo: '' }),
      hidden: reason,
      ...(ROLES_FROM[operation] === undefined ? {} : { when: ROLES_FROM[operation] }),
    },
  ];
}

function tags(inputs) {
  // botocore no longer has the models of two services; this is the name of their tags.
  if (inputs.length === 0) return [{ shownBy: 'tags{}' }];
  const { certain, doubtful } = tagPaths(inputs);
  const copies = copyFlags(inputs);
  if (certain.length === 0) return [hidden('tags', doubtful)];
  const unseen = [...doubtful, ...copies];
  return [{ shownBy: certain.join(' ') }, ...(unseen.length > 0 ? [hidden('tags', unseen)] : [])];
}

const hidden = (reason, when = []) => ({
  hidden: reason,
  ...(when.length > 0 ? { when: when.join(' ') } : {}),
});

/** `operation action` -> evidence; and by operation, what the reference does not list. */
function indexKnown() {
  const known = new Map();
  known.additions = new Map();
  for (const { operations, actions, ...evidence } of KNOWN) {
    for (const operation of operations.split(' ')) {
      for (const action of actions.split(' ')) {
        const key = `${operation} ${action}`;
        const list = known.get(key) ?? [];
        known.set(key, [...list, evidence]);
        const additions = known.additions.get(operation) ?? new Map();
        known.additions.set(operation, additions.set(action, known.get(key)));
      }
    }
  }
  return known;
}
