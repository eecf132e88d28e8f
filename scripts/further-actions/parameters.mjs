import { membersOf } from './models.mjs';

/**
 * How a path is written: names of the model, joined with dots. `[Key]` at its end: a list of objects with that member
 * (its leaf in a flattened field); `{}`: a map with free keys; `@`: a role by name or ARN; `#`: an instance profile.
 */

const TAGS = /^(tags?|\w*tags?(list|set|map)?|tagspecifications?)$/i;
/** Members that are called tags and are none, or tags of something that this call does not tag. */
const NO_TAGS =
  /filter|exclu|criteria|scope|restrict|propagat|alarmtags|untag|remove|bound|match|stag(e|ing)|container|\betags|usertags|accesscontrol|influx|column|rowlevel|tagconfig|tagrule|tagstep|backupresource|targettags|variable|tagstoadd|targetresource|channeltags|tagprocessor|ssotag|recoverypoint|finalbackup|launchtemplatedata|launchspecification/i;

/**
 * The parameters that hold the tags of what a call makes, and those that hold tags of which nobody knows when they are set.
 * @returns {{certain: string[], doubtful: string[]}}
 */
export function tagPaths(inputs) {
  const certain = new Set();
  const doubtful = new Set();
  for (const { model, shape } of inputs) {
    const found = membersOf(model, shape).filter(
      ({ path, name }) => TAGS.test(name) && !NO_TAGS.test(path.join('.')) && !path.includes('*'),
    );
    const named = found
      .filter(({ path }) => !path.slice(0, -1).some((name) => TAGS.test(name)))
      .flatMap((member) => spelledTags(model, member));
    const top = named.filter(({ depth }) => depth === 0);
    for (const { text } of top.length > 0 ? top : named) certain.add(text);
    for (const { text, depth } of top.length > 0 ? named : []) if (depth > 0) doubtful.add(text);
  }
  return { certain: [...certain].sort(), doubtful: [...doubtful].sort() };
}

/** The spellings of a member in events, with its depth; none where its type holds no tags. */
function spelledTags(model, { path, type }) {
  const depth = path.length - 1;
  const text = path.join('.');
  if (type.type === 'map') return [{ depth, text: `${text}{}` }];
  const list = type.type === 'structure' ? model.shapes[type.members.Items?.shape] : type;
  const item = list?.type === 'list' ? model.shapes[list.member.shape] : undefined;
  if (item?.type !== 'structure') return [];
  const key = Object.keys(item.members).find((name) => /^(tag)?key$/i.test(name));
  if (key !== undefined) return [{ depth, text: `${text}[${list === type ? '' : 'Items.'}${key}]` }];
  if (!/^tagspecifications$/i.test(path.at(-1))) return [];
  if (model.metadata.protocol !== 'ec2') return [{ depth, text: `${text}[Tags.Key]` }];
  // EC2: tagSpecificationSet.items[].tags, and within `<Operation>Request`, as newer calls are logged, as on the wire.
  const above = path.slice(0, -1).map((name) => `${name}.`);
  return ['tagSpecificationSet[items.tags.key]', 'TagSpecification[Tag.Key]'].map((last) => ({
    depth,
    text: `${above.join('')}${last}`,
  }));
}

/** Flags by which a call copies tags from something that is not in the request. */
export function copyFlags(inputs) {
  const flags = inputs.flatMap(({ model, shape }) =>
    membersOf(model, shape)
      .filter(
        ({ name, path }) =>
          path.length === 1 && /^(copy\w*tags?(fromsource)?|propagate\w*tags?)$/i.test(name),
      )
      .map(({ name }) => name),
  );
  return [...new Set(flags)].sort();
}

const ROLE = /role(arns?|names?|id|identifier|base)?s?$/i;
const PROFILE = /instanceprofile(arn|name|identifier)?$/i;
/** Members that are called roles and name no IAM role of this account that is passed. */
const NO_ROLE =
  /session|rolemapping|executionrolename|participantrole|userrole$|databaseaccess|snowflakerole|rolesearch|ambiguous|credentialsprovider|rolealias|dashroles|roleskey|masterbackend|crossaccountrole|targetrole|permissionboundary|organizationrolename|role(template|status|resolution|update)/i;
const MAX_ROLE_PATHS = 12;

/** The parameters that hold a role or an instance profile; the ARN of a role in any other one is seen as well. */
export function rolePaths(inputs) {
  const paths = new Map();
  for (const { model, shape } of inputs) {
    for (const { path, type } of membersOf(model, shape)) {
      const text = path.join('.');
      if (path.includes('*') || NO_ROLE.test(text)) continue;
      const leaf = type.type === 'list' ? model.shapes[type.member.shape] : type;
      if (leaf.type !== 'string' || leaf.enum !== undefined) continue;
      const mark = roleMark(path);
      if (mark !== undefined || isRolePattern(leaf.pattern)) paths.set(text, `${text}${mark ?? ''}`);
    }
  }
  const shallow = [...paths.values()].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  return shallow.slice(0, MAX_ROLE_PATHS).sort();
}

function roleMark(path) {
  const name = path.at(-1);
  const parent = path.at(-2) ?? '';
  if (PROFILE.test(name) || (PROFILE.test(parent) && /^(arn|name)$/i.test(name))) return '#';
  // An EMR job flow role and an AWS Batch instance role are instance profiles (their API references).
  if (/^(jobflowrole|instancerole)$/i.test(name)) return '#';
  return ROLE.test(name) ? '@' : undefined;
}

const isRolePattern = (pattern) => pattern !== undefined && /:role|role[/\\]/.test(pattern);
const depth = (path) => path.split('.').length;
