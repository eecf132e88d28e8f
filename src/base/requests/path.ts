/** A place in a request. */
export interface RequestPath {
  /** As written in data/catalog/further-actions.json. Paths with the same ID match the same values. */
  readonly id: string;
  /** Parameter names, ignoring case, without lists: `tags`, `overrides.taskRoleArn`, `x-amz-acl`. */
  readonly path: string;
  /** Only values that contain this text count. */
  readonly contains: string | null;
  /** This value does not count. */
  readonly except: string | null;
  /** The value may be the plain name of a role or instance profile instead of an ARN. */
  readonly names: 'role' | 'instance-profile' | null;
  /**
   * Keys under requestParameters that prove the parameter, as an Elasticsearch flattened field has them:
   * `tags.key`. Both spellings are listed, with a small first letter (most of CloudTrail) and as in the API. A map
   * with free keys ends with `.*`. A document without these keys may still have the parameter in another spelling.
   */
  readonly leafKeys: readonly string[];
}

/**
 * Parses a path of data/catalog/further-actions.json: `name.name`, then `[leaf]` for a list of objects, `{}` for a
 * map with free keys, `@` if the value may be the name of a role, `#` of an instance profile, and `~text` or
 * `!=text`.
 * @param operation API operation: EC2 wraps the requests of newer calls in `<Operation>Request`
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
