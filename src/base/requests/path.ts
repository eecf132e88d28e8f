/** A place in a request. */
export interface RequestPath {
  /** As it is written in data/catalog/further-actions.json. Paths with the same id look for the same. */
  readonly id: string;
  /** Names of parameters, in any case, lists left out: `tags`, `overrides.taskRoleArn`, `x-amz-acl`. */
  readonly path: string;
  /** Only a value with this text counts. */
  readonly contains: string | null;
  /** This value does not count. */
  readonly except: string | null;
  /** The value may be the bare name of a role or of an instance profile, not only an ARN. */
  readonly names: 'role' | 'instance-profile' | null;
  /**
   * Keys under requestParameters that prove it, as an Elasticsearch flattened field has them: `tags.key`. CloudTrail begins
   * most names with a small letter and spells some as their API does: both are here. A map with free keys ends with `.*`.
   * A document without any of them may still have the parameter, in another spelling.
   */
  readonly leafKeys: readonly string[];
}

/**
 * Reads a path as data/catalog/further-actions.json has it: `name.name`, then `[leaf]` for a list of objects, `{}` for a map
 * with free keys, `@` where the value may be the name of a role and `#` of an instance profile, and `~text` or `!=text`.
 * @param operation the API operation: EC2 wraps the requests of newer calls in `<Operation>Request`
 */
export function parsePath(text: string, operation: string): RequestPath {
  const [, place = '', operator, value = ''] = /^(.*?)(?:(~|!=)(.*))?$/.exec(text) ?? [];
  return {
    id: text,
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
