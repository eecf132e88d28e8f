import { prefixesOf } from './source-prefixes.js';

/**
 * Errors that AWS returns only to callers with the permission, by IAM prefix. Source: Amazon EC2 API Reference,
 * "Common query parameters" (DryRun: `DryRunOperation` with the permissions, otherwise `UnauthorizedOperation`);
 * AWS KMS Developer Guide, "Testing your permissions"; Amazon Kinesis Data Streams Developer Guide, "Test your
 * permissions and request inputs with dry run" (both: `DryRunOperationException` if the request would have
 * succeeded).
 */
const AFTER_AUTHORIZATION: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ec2', new Set(['DryRunOperation'])],
  ['kinesis', new Set(['DryRunOperationException'])],
  ['kms', new Set(['DryRunOperationException'])],
]);

/** @param errorCode as recorded: EC2's codes have a prefix, `Client.DryRunOperation` */
export function provesPermission(eventSource: string, errorCode: string | null): boolean {
  if (errorCode === null) return false;
  const code = errorCode.replace(/^(?:Client|Server)\./, '');
  return prefixesOf(eventSource).some((prefix) => AFTER_AUTHORIZATION.get(prefix)?.has(code) === true);
}
