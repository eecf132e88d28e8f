import type { PrincipalReview } from '../../../review/types.js';
import { policyFiles } from '../../policies/files.js';
import { VARIANT_WORDS } from '../../words.js';
import type { Room } from '../room.js';
import { counted, cut, grouped } from '../table.js';
import { pages } from '../templates.js';
import { ROOT } from './names.js';

/** Characters of suggested policies shown; the policy files have all. */
const MAX_POLICIES = 150_000;
/** Documents of one alternative on the page. */
const MAX_DOCUMENTS = 20;
/** Changes listed; the CSV has all. */
const MAX_CHANGES = 40;

/** Managed policies on one user or role, unless AWS raises it (IAM and AWS STS quotas). */
const MAX_MANAGED = 10;

/** Documents too large for one inline policy are numbered: each is a managed policy. */
const isManaged = (name: string): boolean => /-\d+$/.test(name) && !/-inline(-\d+)?$/.test(name);

export function suggestionSection(p: PrincipalReview, room: Room): string {
  const { decision, reason, changes } = p.suggestion;
  return room.take(
    pages.suggestion({
      root: ROOT,
      type: p.type,
      isRole: p.type === 'role',
      decision,
      reason: cut(reason),
      changes: changes.slice(0, MAX_CHANGES).map((change) => ({
        sentence: cut(change.sentence),
        removed:
          change.actionsRemoved > 0
            ? `takes away ${counted(change.actionsRemoved, 'granted action')}`
            : 'takes away no granted action',
      })),
      several: changes.length > 1,
      left: changes.length > MAX_CHANGES ? counted(changes.length - MAX_CHANGES, 'change') : null,
      variants: variants(p),
    }),
  );
}

function variants(p: PrincipalReview) {
  const files = policyFiles(p);
  let room = MAX_POLICIES;
  return (['cautious', 'strict', 'observed'] as const)
    .map((kind) => {
      const documents = files.filter((file) => file.variant === kind);
      const managed = documents.filter(({ policy }) => isManaged(policy.name)).length;
      return {
        kind,
        open: kind === 'cautious',
        observed: kind === 'observed',
        meaning: VARIANT_WORDS[kind],
        policies: documents.slice(0, MAX_DOCUMENTS).map(({ path, policy }) => {
          const json = JSON.stringify(policy.document, null, 2);
          room -= json.length;
          return {
            name: cut(policy.name),
            how: isManaged(policy.name) ? 'managed policy' : 'inline policy',
            size: grouped(policy.size),
            path,
            json: room >= 0 ? json : null,
          };
        }),
        managed: managed > MAX_MANAGED ? grouped(managed) : null,
        left: documents.length > MAX_DOCUMENTS ? counted(documents.length - MAX_DOCUMENTS, 'document') : null,
      };
    })
    .filter((variant) => variant.policies.length > 0);
}
