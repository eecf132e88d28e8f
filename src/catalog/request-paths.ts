import type { RequestPath } from './further-types.js';

/**
 * Reads a path as data/catalog/further-actions.json has it: `name.name`, then `[leaf]` for a list of objects, `{}` for a map
 * with free keys, `@` where the value may be the name of a role and `#` of an instance profile, and `~text` or `!=text`.
 * @param operation the API operation: EC2 wraps the requests of newer calls in `<Operation>Request`
 */
export function parsePath(text: string, operation: string): RequestPath {
  const [, place = '', operator, value = ''] = /^(.*?)(?:(~|!=)(.*))?$/.exec(text) ?? [];
  return {
    path: place.replace(/(\[.*\]|\{\}|@|#)$/, ''),
    contains: operator === '~' ? value : null,
    except: operator === '!=' ? value : null,
    names: place.endsWith('@') ? 'role' : place.endsWith('#') ? 'instance-profile' : null,
    leafKeys: leafKeys(place, operation),
  };
}

function leafKeys(place: string, operation: string): string[] {
  const path = place
    .replace(/[@#]$/, '')
    .replace(/\{\}$/, '.*')
    .replace(/\[(.*)\]$/, '.$1');
  if (path.includes('TagSpecification.')) return [`${operation}Request.${path}`];
  const small = path.replace(
    /(^|\.)([A-Z])/g,
    (_, dot: string, letter: string) => dot + letter.toLowerCase(),
  );
  return small === path ? [path] : [small, path];
}
