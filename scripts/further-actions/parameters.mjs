import { membersOf } from './models.mjs';

/**
 * Syntax of a path: names of the model, joined with dots. `[Key]` at the end: a list of objects with that member
 * (its leaf in a flattened field); `{}`: a map with free keys; `@`: name or ARN of a role; `#`: an instance
 * profile.
 */

const TAGS = /^(tags?|\w*tags?(list|set|map)?|tagspecifications?)$/i;
/** Members named tags that are not tags, or are tags of something that the call does not tag. */
const NO_TAGS =
  /filter|exclu|criteria|scope|restrict|propagat|alarmtags|\buntag|remove|bound|match|stag(e|ing)|container|\betags|usertags|accesscontrol|influx|column|rowlevel|tagconfig|tagrule|tagstep|backupresource|targettags|variable|tagstoadd|targetresource|channeltags|tagprocessor|ssotag|recoverypoint|finalbackup|launchtemplatedata|launchspecification/i;

/**
 * Parameters with the tags of what a call creates, and parameters with tags that are set under unknown conditions.
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

const EC2_TAGS = [
  'tagSpecificationSet.items.tags[key]',
  'TagSpecification.Tag.Key',
  'TagSpecifications.Tags[Key]',
];

/** Spellings of a member in events, with its depth; none if its type has no tags. */
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
  // A specification can have a resource type only.
  if (model.metadata.protocol !== 'ec2') return [{ depth, text: `${text}.Tags[Key]` }];
  // EC2: tagSpecificationSet.items[].tags, inside `<Operation>Request` as newer calls are logged, and as in the API.
  const above = path.slice(0, -1).map((name) => `${name}.`);
  return EC2_TAGS.map((last) => ({ depth, text: `${above.join('')}${last}` }));
}

/** Flags that make a call copy tags from something outside the request. */
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
/** Members named roles that are no IAM role of this account to be passed. */
const NO_ROLE =
  /session|rolemapping|executionrolename|participantrole|userrole$|databaseaccess|snowflakerole|rolesearch|ambiguous|credentialsprovider|rolealias|dashroles|roleskey|masterbackend|crossaccountrole|targetrole|permissionboundary|organizationrolename|role(template|status|resolution|update)/i;
const MAX_ROLE_PATHS = 12;

/** Parameters with a role or an instance profile. The ARN of a role in any other parameter is found too. */
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
  // An EMR job flow role and an AWS Batch instance role are instance profiles (API references).
  if (/^(jobflowrole|instancerole)$/i.test(name)) return '#';
  return ROLE.test(name) ? '@' : undefined;
}

const isRolePattern = (pattern) => pattern !== undefined && /:role|role[/\\]/.test(pattern);
const depth = (path) => path.split('.').length;
