import { isObject } from '../base/is-object.js';
import { compareBy } from '../base/compare.js';
import { parsePolicyDocument } from './document.js';
import { findBadEntry, separateIds } from './entries.js';
import { IamFileError } from './errors.js';
import { readManagedPolicy, records, text, type Json, type ManagedPolicies } from './managed.js';
import type { AttachedPolicy, Boundary, IamAccount, Policy, PolicyDocument, Principal } from './types.js';

export const HOW_TO_EXPORT = 'Make it with: aws iam get-account-authorization-details > FILE';

/** The three date formats in such files, as `YYYY-MM-DDTHH:MM:SSZ`; null if absent or unreadable. */
export function normaliseDate(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value.replace(' ', 'T')) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** IAM API Reference: GetAccountAuthorizationDetails; `--max-items` of the AWS CLI ends with NextToken. */
const PAGE_KEYS = ['IsTruncated', 'Marker', 'NextToken'] as const;

/** Some exporters write booleans as text. */
const marksPage = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value !== '' && value.toLowerCase() !== 'false');

function checkShape(json: unknown, file: string): Json {
  const fail = (what: string): never => {
    throw new IamFileError(`${file} ${what}. ${HOW_TO_EXPORT}`);
  };
  if (Array.isArray(json)) return fail('is a list, not the authorization details of an account');
  if (!isObject(json)) return fail('is not a JSON object');
  const page = PAGE_KEYS.filter((key) => marksPage(json[key]));
  if (page.length > 0) {
    return fail(
      `is only one page of the authorization details, not the whole (it has ${page.join(' and ')})`,
    );
  }
  if (Array.isArray(json['UserDetailList']) || Array.isArray(json['RoleDetailList'])) return json;
  if ('Records' in json || 'Events' in json) return fail('looks like a CloudTrail file');
  if ('Users' in json) return fail('looks like the output of list-users');
  if ('Roles' in json) return fail('looks like the output of list-roles');
  return fail('has neither UserDetailList nor RoleDetailList');
}

interface Holdings {
  readonly policies: readonly AttachedPolicy[];
  readonly missing: readonly string[];
}

class AccountParser {
  readonly warnings: string[] = [];
  private readonly managed: Map<string, Policy>;
  private readonly groups = new Map<string, Holdings>();

  constructor(
    private readonly json: Json,
    private readonly accountId: string,
    known: ManagedPolicies,
  ) {
    this.managed = new Map(known);
    for (const item of records(json['Policies'])) this.readManaged(item);
    for (const item of records(json['GroupDetailList'])) {
      const name = text(item['GroupName']);
      this.groups.set(name, this.holdings(item, 'GroupPolicyList', `group ${name}`, name));
    }
  }

  private readManaged(item: Json): void {
    const read = readManagedPolicy(item);
    if (read === undefined) return;
    const { arn, policy } = read;
    if (policy.ok) this.managed.set(arn, policy.value);
    else if (!this.managed.has(arn))
      this.warnings.push(`Managed policy ${arn} cannot be read and counts as missing: ${policy.reason}.`);
  }

  private holdings(item: Json, inlineList: string, owner: string, group: string | null): Holdings {
    const policies: AttachedPolicy[] = [];
    const missing: string[] = [];
    for (const attached of records(item['AttachedManagedPolicies'])) {
      const arn = text(attached['PolicyArn']);
      const policy = this.managed.get(arn);
      if (policy === undefined) missing.push(arn);
      else policies.push({ policy, group });
    }
    for (const inline of records(item[inlineList])) {
      const name = text(inline['PolicyName']);
      const document = parsePolicyDocument(inline['PolicyDocument']);
      if (document.ok) {
        policies.push({ policy: { name, arn: null, kind: 'inline', document: document.value }, group });
      } else {
        missing.push(`inline policy ${name} of ${owner}`);
        this.warnings.push(`Inline policy ${name} of ${owner} counts as missing: ${document.reason}.`);
      }
    }
    return { policies, missing };
  }

  /** Spread it last: V8 gives each object that gets more keys after a spread a hidden class of its own, 400 bytes. */
  private base(item: Json, own: Holdings, nameKey: string, idKey: string) {
    const boundaryArn = isObject(item['PermissionsBoundary'])
      ? text(item['PermissionsBoundary']['PermissionsBoundaryArn'])
      : '';
    const boundaryPolicy = this.managed.get(boundaryArn);
    const boundary: Boundary =
      boundaryArn === ''
        ? { kind: 'none' }
        : boundaryPolicy === undefined
          ? { kind: 'missing', arn: boundaryArn }
          : { kind: 'policy', arn: boundaryArn, policy: boundaryPolicy };
    const tags: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const tag of records(item['Tags'])) tags[text(tag['Key'])] = text(tag['Value']);
    return {
      arn: text(item['Arn']),
      id: text(item[idKey]),
      name: text(item[nameKey]),
      path: text(item['Path']) || '/',
      accountId: this.accountId,
      createdAt: normaliseDate(item['CreateDate']),
      tags,
      policies: own.policies,
      missingPolicies: [...new Set(own.missing)].sort(),
      boundary,
    };
  }

  user(item: Json): Principal {
    const arn = text(item['Arn']);
    const own = this.holdings(item, 'UserPolicyList', arn, null);
    const raw: unknown = item['GroupList'];
    const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    const groups = list.filter((g) => typeof g === 'string');
    const policies = [...own.policies];
    const missing = [...own.missing];
    for (const name of groups) {
      const group = this.groups.get(name);
      if (group === undefined) {
        missing.push(`group ${name}`);
        this.warnings.push(`Group ${name} of ${arn} is not in the file: what it grants is not known.`);
      } else {
        policies.push(...group.policies);
        missing.push(...group.missing);
      }
    }
    const base = this.base(item, { policies, missing }, 'UserName', 'UserId');
    return { type: 'user', groups: [...groups].sort(), ...base };
  }

  role(item: Json): Principal {
    const arn = text(item['Arn']);
    const own = this.holdings(item, 'RolePolicyList', arn, null);
    const trust = parsePolicyDocument(item['AssumeRolePolicyDocument'], true);
    const none: PolicyDocument = { version: '2012-10-17', statements: [] };
    if (!trust.ok) this.warnings.push(`Trust policy of ${arn} cannot be read: ${trust.reason}.`);
    const missing = trust.ok ? own.missing : [...own.missing, `trust policy of ${arn}`];
    const base = this.base(item, { ...own, missing }, 'RoleName', 'RoleId');
    const last = item['RoleLastUsed'];
    return {
      type: 'role',
      trust: trust.ok ? trust.value : none,
      serviceLinked: base.path.startsWith('/aws-service-role/'),
      lastUsed: isObject(last) ? normaliseDate(last['LastUsedDate']) : null,
      ...base,
    };
  }

  principals(): readonly Principal[] {
    const all = [
      ...records(this.json['UserDetailList']).map((item) => this.user(item)),
      ...records(this.json['RoleDetailList']).map((item) => this.role(item)),
    ];
    return all.sort(compareBy(({ arn }) => arn));
  }
}

const entries = (list: unknown): number => (Array.isArray(list) ? list.length : isObject(list) ? 1 : 0);

/**
 * Parses the users and roles of one account. Principals with the ARN of another account stay in this account, with
 * a warning. Policies without readable document, here or in `known`, are listed in `missingPolicies`.
 * @throws IamFileError if the file is not the authorization details of this account, or only a page of them, or if
 * an entry has no ARN or a duplicate ARN
 */
export function parseAuthorizationDetails(
  json: unknown,
  file: string,
  account: { readonly id: string; readonly name: string },
  known: ManagedPolicies = new Map(),
): IamAccount {
  const details = checkShape(json, file);
  const bad = findBadEntry(details);
  if (bad !== undefined) throw new IamFileError(`${file} ${bad}. ${HOW_TO_EXPORT}`);
  const parser = new AccountParser(details, account.id, known);
  const { principals, warnings: idWarnings } = separateIds(parser.principals(), file);
  const accountOf = (p: Principal): string => p.arn.split(':')[4] ?? '';
  const foreign = principals.filter((p) => /^\d{12}$/.test(accountOf(p)) && accountOf(p) !== account.id);
  const ids = [...new Set(foreign.map(accountOf))].sort().join(', ');
  if (principals.every((p) => accountOf(p) !== account.id)) {
    const found = principals.length === 0 ? 'no users or roles' : `account ${ids || 'unknown'}`;
    throw new IamFileError(
      `${file} holds ${found}, not account ${account.id} (${account.name}). ${HOW_TO_EXPORT}`,
    );
  }
  const warnings = [...parser.warnings, ...idWarnings];
  if (foreign.length > 0) {
    warnings.push(`${file}: ${foreign.length} of ${principals.length} principals are of account ${ids}.`);
  }
  const boundaries = principals.flatMap(({ boundary: b }) => (b.kind === 'missing' ? [b.arn] : []));
  const attached = principals.flatMap((p) => p.missingPolicies.filter((m) => m.startsWith('arn:')));
  const missing = [...new Set([...attached, ...boundaries])].sort();
  if (missing.length > 0) {
    const some = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
    warnings.push(
      `${file} lacks the document of ${missing.length} ${missing.length === 1 ? 'policy' : 'policies'} (${some}). ` +
        `${HOW_TO_EXPORT} (without --filter), or give the documents with the key boundary`,
    );
  }
  const listed = entries(details['UserDetailList']) + entries(details['RoleDetailList']);
  return { id: account.id, name: account.name, principals, listed, warnings };
}
