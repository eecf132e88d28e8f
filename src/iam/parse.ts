import { accountInArn } from '../base/arn.js';
import { isObject } from '../base/is-object.js';
import { compareBy } from '../base/compare.js';
import { parsePolicyDocument } from './document.js';
import { findBadEntry, separateIds } from './entries.js';
import {
  IamFileError,
  type DocumentFault,
  type IamFileFault,
  type IamWarning,
  type MissingPolicy,
  type PolicyOwner,
  type WrongContent,
} from './faults.js';
import { readManagedPolicy, records, text, type Json, type ManagedPolicies } from './managed.js';
import type { AttachedPolicy, Boundary, IamAccount, Policy, PolicyDocument, Principal } from './types.js';
import { basename } from 'node:path';

/** The date formats in such files, as `YYYY-MM-DDTHH:MM:SSZ`; null if absent or unreadable. Numbers are seconds since 1970. */
export function normalizeDate(value: unknown): string | null {
  const time =
    typeof value === 'number'
      ? value * 1000
      : typeof value === 'string'
        ? Date.parse(value.replace(' ', 'T'))
        : NaN;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** IAM API Reference: GetAccountAuthorizationDetails; `--max-items` of the AWS CLI ends with NextToken. */
const PAGE_KEYS = ['IsTruncated', 'Marker', 'NextToken'] as const;

/** Some exporters write booleans as text. */
const marksPage = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value !== '' && value.toLowerCase() !== 'false');

function checkShape(json: unknown, file: string): Json {
  const fail = (fault: IamFileFault): never => {
    throw new IamFileError(file, 'authorization-details', fault);
  };
  const wrong = (found: WrongContent): never => fail({ kind: 'wrong-content', found });
  if (Array.isArray(json)) return wrong('list');
  if (!isObject(json)) return wrong('not-object');
  const page = PAGE_KEYS.filter((key) => marksPage(json[key]));
  if (page.length > 0) return fail({ kind: 'one-page', keys: page });
  if (Array.isArray(json['UserDetailList']) || Array.isArray(json['RoleDetailList'])) return json;
  if ('Records' in json || 'Events' in json) return wrong('cloudtrail-logs');
  if ('Users' in json) return wrong('list-users');
  return wrong('Roles' in json ? 'list-roles' : 'unknown');
}

interface Holdings {
  readonly policies: readonly AttachedPolicy[];
  readonly missing: readonly MissingPolicy[];
}

const MISSING_KINDS: readonly MissingPolicy['kind'][] = ['managed', 'group', 'inline', 'trust'];

/** Each once, by kind and name. */
function distinct(missing: readonly MissingPolicy[]): readonly MissingPolicy[] {
  if (missing.length === 0) return missing;
  const byKey = new Map(
    missing.map((one) => [`${MISSING_KINDS.indexOf(one.kind)} ${JSON.stringify(one)}`, one]),
  );
  return [...byKey].sort(compareBy(([key]) => key)).map(([, one]) => one);
}

class AccountParser {
  readonly warnings: IamWarning[] = [];
  private readonly managed: Map<string, Policy>;
  private readonly groups = new Map<string, Holdings>();

  constructor(
    private readonly json: Json,
    private readonly accountId: string,
    /** Without its folder: warnings are part of the report, which must not depend on the folder. */
    private readonly file: string,
    known: ManagedPolicies,
  ) {
    this.managed = new Map(known);
    for (const item of records(json['Policies'])) this.readManaged(item);
    for (const item of records(json['GroupDetailList'])) {
      const name = text(item['GroupName']);
      this.groups.set(name, this.holdings(item, 'GroupPolicyList', { kind: 'group', name }));
    }
  }

  private readManaged(item: Json): void {
    const read = readManagedPolicy(item);
    if (read === undefined) return;
    const { arn, policy } = read;
    if (policy.ok) this.managed.set(arn, policy.value);
    else if (!this.managed.has(arn)) this.warn({ kind: 'managed', arn }, policy.error);
  }

  private warn(policy: MissingPolicy, fault: DocumentFault): void {
    this.warnings.push({ kind: 'bad-policy', file: this.file, policy, fault });
  }

  private holdings(item: Json, inlineList: string, owner: PolicyOwner): Holdings {
    const policies: AttachedPolicy[] = [];
    const missing: MissingPolicy[] = [];
    const group = owner.kind === 'group' ? owner.name : null;
    for (const attached of records(item['AttachedManagedPolicies'])) {
      const arn = text(attached['PolicyArn']);
      const policy = this.managed.get(arn);
      if (policy === undefined) missing.push({ kind: 'managed', arn });
      else policies.push({ policy, group });
    }
    for (const inline of records(item[inlineList])) {
      const name = text(inline['PolicyName']);
      const document = parsePolicyDocument(inline['PolicyDocument']);
      if (document.ok) {
        policies.push({ policy: { name, arn: null, kind: 'inline', document: document.value }, group });
      } else {
        const unread: MissingPolicy = { kind: 'inline', name, owner };
        missing.push(unread);
        this.warn(unread, document.error);
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
      createdAt: normalizeDate(item['CreateDate']),
      tags,
      policies: own.policies,
      missingPolicies: distinct(own.missing),
      boundary,
    };
  }

  user(item: Json): Principal {
    const arn = text(item['Arn']);
    const own = this.holdings(item, 'UserPolicyList', { kind: 'principal', arn });
    const raw: unknown = item['GroupList'];
    const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    const groups = list.filter((g) => typeof g === 'string');
    const policies = [...own.policies];
    const missing = [...own.missing];
    for (const name of groups) {
      const group = this.groups.get(name);
      if (group === undefined) {
        missing.push({ kind: 'group', name });
        this.warnings.push({ kind: 'missing-group', file: this.file, group: name, user: arn });
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
    const own = this.holdings(item, 'RolePolicyList', { kind: 'principal', arn });
    const trust = parsePolicyDocument(item['AssumeRolePolicyDocument'], true);
    const none: PolicyDocument = { version: '2012-10-17', statements: [] };
    const unread: MissingPolicy = { kind: 'trust', arn };
    if (!trust.ok) this.warn(unread, trust.error);
    const missing = trust.ok ? own.missing : [...own.missing, unread];
    const base = this.base(item, { ...own, missing }, 'RoleName', 'RoleId');
    const last = item['RoleLastUsed'];
    return {
      type: 'role',
      trust: trust.ok ? trust.value : none,
      serviceLinked: base.path.startsWith('/aws-service-role/'),
      lastUsed: isObject(last) ? normalizeDate(last['LastUsedDate']) : null,
      instanceProfiles: records(item['InstanceProfileList']).map((profile) => text(profile['Arn'])),
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
  if (bad !== undefined) throw new IamFileError(file, 'authorization-details', bad);
  const parser = new AccountParser(details, account.id, basename(file), known);
  const { principals, warnings: idWarnings } = separateIds(parser.principals(), file);
  const accountOf = (p: Principal): string => accountInArn(p.arn);
  const foreign = principals.filter((p) => /^\d{12}$/.test(accountOf(p)) && accountOf(p) !== account.id);
  const accounts = [...new Set(foreign.map(accountOf))].sort();
  if (principals.every((p) => accountOf(p) !== account.id)) {
    const { id, name } = account;
    throw new IamFileError(file, 'authorization-details', {
      kind: 'other-account',
      accounts: principals.length === 0 ? null : accounts,
      expected: { id, name },
    });
  }
  const warnings: IamWarning[] = [...parser.warnings, ...idWarnings];
  if (foreign.length > 0) {
    warnings.push({
      kind: 'other-accounts',
      file: basename(file),
      principals: foreign.length,
      all: principals.length,
      accounts,
    });
  }
  const boundaries = principals.flatMap(({ boundary: b }) => (b.kind === 'missing' ? [b.arn] : []));
  const attached = principals.flatMap((p) =>
    p.missingPolicies.flatMap((one) => (one.kind === 'managed' ? [one.arn] : [])),
  );
  const missing = [...new Set([...attached, ...boundaries])].sort();
  if (missing.length > 0) warnings.push({ kind: 'missing-documents', file: basename(file), arns: missing });
  const listed = entries(details['UserDetailList']) + entries(details['RoleDetailList']);
  return { id: account.id, name: account.name, principals, listed, warnings };
}
