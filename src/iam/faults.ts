/*
 * What is wrong with the files about IAM: codes with the place in the file. src/wording/iam-files.ts makes the sentences.
 */

export type IamFileType = 'authorization-details' | 'credential-report' | 'policy-documents' | 'scp';

/** Why a policy document cannot be read. */
export type DocumentFault =
  | { readonly kind: 'not-text'; readonly element: string }
  | { readonly kind: 'not-object'; readonly element: string }
  | { readonly kind: 'no-effect' | 'no-action' | 'no-resource' | 'no-principal' }
  | { readonly kind: 'too-long'; readonly most: number }
  /** As JSON.parse or decodeURIComponent say it. */
  | { readonly kind: 'not-json'; readonly problem: string };

/** What a file, or an SCP in a list, is instead of what it should be. */
export type WrongContent =
  | 'list'
  | 'not-object'
  | 'cloudtrail-logs'
  | 'list-users'
  | 'list-roles'
  | 'list-policies'
  | 'authorization-details'
  | 'policy-document'
  | 'get-policy-version'
  | 'unknown';

/** Position of an entry, such as `UserDetailList[1]`. */
type Place = { readonly place: string };

export type IamFileFault =
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Behind the name of the file. */
  | { readonly kind: 'not-json'; readonly problem: string }
  | { readonly kind: 'wrong-content'; readonly found: WrongContent }
  /** `keys`: those that show it. */
  | { readonly kind: 'one-page'; readonly keys: readonly string[] }
  | ({ readonly kind: 'no-arn'; readonly name: string } & Place)
  | ({ readonly kind: 'same-arn'; readonly arn: string; readonly before: string } & Place)
  | ({ readonly kind: 'boundary-without-arn'; readonly arn: string } & Place)
  /** `accounts`: those of the principals in the file, empty if unknown; null if it has no principals. */
  | {
      readonly kind: 'other-account';
      readonly accounts: readonly string[] | null;
      readonly expected: { readonly id: string; readonly name: string };
    }
  | { readonly kind: 'missing-columns'; readonly columns: readonly string[] }
  | { readonly kind: 'no-content' | 'no-documents' | 'empty-level' | 'nothing-allowed' }
  | { readonly kind: 'not-csv'; readonly problem: string }
  | { readonly kind: 'not-policy-arn'; readonly key: string }
  | { readonly kind: 'bad-document'; readonly arn: string; readonly fault: DocumentFault }
  /** `item`: position in the list, from 1; null for a file with one policy. */
  | { readonly kind: 'bad-scp'; readonly item: number | null; readonly fault: ScpFault };

export type ScpFault =
  | { readonly kind: 'wrong-content'; readonly found: WrongContent }
  /** AWS's name of the type, such as `TAG_POLICY`. */
  | { readonly kind: 'other-type'; readonly type: string }
  | { readonly kind: 'has-principal' }
  | { readonly kind: 'bad-document'; readonly fault: DocumentFault };

/** Something about a principal's policies that the authorization details do not contain, or not legibly. */
export type MissingPolicy =
  | { readonly kind: 'managed'; readonly arn: string }
  | { readonly kind: 'inline'; readonly name: string; readonly owner: PolicyOwner }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'trust'; readonly arn: string };

export type PolicyOwner =
  { readonly kind: 'principal'; readonly arn: string } | { readonly kind: 'group'; readonly name: string };

/** Why a row of a credential report is skipped. */
export type RowFault =
  | { readonly kind: 'cells'; readonly found: number; readonly expected: number }
  | { readonly kind: 'not-user-arn'; readonly arn: string }
  | { readonly kind: 'not-boolean' | 'not-time'; readonly column: string; readonly value: string };

/** What is odd about a file that is used all the same. `file`: name without its folder. */
export type IamWarning = { readonly file: string } & (
  | { readonly kind: 'bad-policy'; readonly policy: MissingPolicy; readonly fault: DocumentFault }
  | { readonly kind: 'missing-group'; readonly group: string; readonly user: string }
  | { readonly kind: 'same-id'; readonly id: string; readonly arns: readonly string[] }
  | {
      readonly kind: 'other-accounts';
      readonly principals: number;
      readonly all: number;
      readonly accounts: readonly string[];
    }
  | { readonly kind: 'missing-documents'; readonly arns: readonly string[] }
  | { readonly kind: 'bad-row'; readonly line: number; readonly fault: RowFault }
  | { readonly kind: 'users-without-row'; readonly users: readonly string[] }
);

/** A file about IAM cannot be used. */
export class IamFileError extends Error {
  override name = 'IamFileError';

  constructor(
    readonly file: string,
    readonly type: IamFileType,
    readonly fault: IamFileFault,
  ) {
    super(`${file}: ${JSON.stringify(fault)}`);
  }
}
