import { isObject } from '../base/is-object.js';
import { parsePolicyDocument, type Parsed } from './document.js';
import { IamFileError, type IamFileFault } from './faults.js';
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

const POLICY_ARN = /^arn:[^:]+:iam::(\d{12}|aws):policy\/(?:.*\/)?([^/]+)$/;

/**
 * Parses managed policies that the authorization details lack: an object of policy ARN -> document, or -> output of
 * `aws iam get-policy-version`; or other authorization details with `Policies`.
 * @throws IamFileError for another file, or an unreadable document
 */
export function parseManagedPolicies(json: unknown, file: string): ManagedPolicies {
  const fail = (fault: IamFileFault): never => {
    throw new IamFileError(file, 'policy-documents', fault);
  };
  if (!isObject(json)) return fail({ kind: 'wrong-content', found: 'not-object' });
  if ('Statement' in json) return fail({ kind: 'wrong-content', found: 'policy-document' });
  if ('PolicyVersion' in json) return fail({ kind: 'wrong-content', found: 'get-policy-version' });
  const found = Array.isArray(json['Policies'])
    ? records(json['Policies']).flatMap((item) => readManagedPolicy(item) ?? [])
    : Object.entries(json).map(([arn, value]) => {
        const name = POLICY_ARN.exec(arn)?.[2] ?? fail({ kind: 'not-policy-arn', key: arn });
        return { arn, policy: managedPolicy(arn, name, documentIn(value)) };
      });
  if (found.length === 0) return fail({ kind: 'no-documents' });
  return new Map(
    found.map(({ arn, policy }) => [
      arn,
      policy.ok ? policy.value : fail({ kind: 'bad-document', arn, fault: policy.fault }),
    ]),
  );
}

function documentIn(value: unknown): unknown {
  const version = isObject(value) && isObject(value['PolicyVersion']) ? value['PolicyVersion'] : value;
  return isObject(version) && 'Document' in version ? version['Document'] : version;
}
