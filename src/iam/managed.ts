import { isObject } from '../base/is-object.js';
import { parsePolicyDocument, type Parsed } from './document.js';
import { IamFileError } from './errors.js';
import type { Policy } from './types.js';

export type Json = Readonly<Record<string, unknown>>;

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The objects in a list; some exporters write a list of one as the object itself. */
export function records(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

/** ARN -> policy. */
export type ManagedPolicies = ReadonlyMap<string, Policy>;

/** Default version of an item in `Policies`; undefined if there is none. */
export function readManagedPolicy(item: Json): { arn: string; policy: Parsed<Policy> } | undefined {
  const arn = text(item['Arn']);
  const versions = records(item['PolicyVersionList']);
  const version =
    versions.find((v) => v['VersionId'] === item['DefaultVersionId']) ??
    versions.find((v) => v['IsDefaultVersion'] === true);
  if (arn === '' || version === undefined) return undefined;
  return { arn, policy: managedPolicy(arn, text(item['PolicyName']), version['Document']) };
}

function managedPolicy(arn: string, name: string, raw: unknown): Parsed<Policy> {
  const document = parsePolicyDocument(raw);
  if (!document.ok) return document;
  return { ok: true, value: { name, arn, kind: 'managed', document: document.value } };
}

export const HOW_TO_EXPORT_DOCUMENTS =
  'Make it with: aws iam get-policy-version --policy-arn ARN --version-id VERSION | jq \'{"ARN": .}\' > FILE';

const POLICY_ARN = /^arn:[^:]+:iam::(\d{12}|aws):policy\/(?:.*\/)?([^/]+)$/;

/**
 * Parses managed policies that the authorization details lack: an object of policy ARN -> document, or -> output of
 * `aws iam get-policy-version`; or other authorization details with `Policies`.
 * @throws IamFileError for another file, or an unreadable document
 */
export function parseManagedPolicies(json: unknown, file: string): ManagedPolicies {
  const fail = (what: string): never => {
    throw new IamFileError(`${file} ${what}. ${HOW_TO_EXPORT_DOCUMENTS}`);
  };
  if (!isObject(json)) return fail('is not a JSON object of policy ARNs and documents');
  if ('Statement' in json) return fail('is a policy document, and does not say which policy it is of');
  if ('PolicyVersion' in json)
    return fail('is the output of get-policy-version, which does not say which policy it is of');
  const found = Array.isArray(json['Policies'])
    ? records(json['Policies']).flatMap((item) => readManagedPolicy(item) ?? [])
    : Object.entries(json).map(([arn, value]) => {
        const name =
          POLICY_ARN.exec(arn)?.[2] ?? fail(`has the key ${arn}, which is not the ARN of a policy`);
        return { arn, policy: managedPolicy(arn, name, documentIn(value)) };
      });
  if (found.length === 0) return fail('holds the document of no policy');
  return new Map(
    found.map(({ arn, policy }) => [
      arn,
      policy.ok ? policy.value : fail(`holds a document of ${arn} that cannot be read: ${policy.reason}`),
    ]),
  );
}

function documentIn(value: unknown): unknown {
  const version = isObject(value) && isObject(value['PolicyVersion']) ? value['PolicyVersion'] : value;
  return isObject(version) && 'Document' in version ? version['Document'] : version;
}
