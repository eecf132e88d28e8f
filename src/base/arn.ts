// `arn:partition:service:region:account:resource` (AWS General Reference: Amazon Resource Names).

/** '' if the ARN has none. */
export const partitionInArn = (arn: string): string => arn.split(':')[1] ?? '';

/** '' if the ARN has none, as ARNs of S3 buckets. */
export const accountInArn = (arn: string): string => arn.split(':')[4] ?? '';

/** `arn:aws:iam::123456789012:role/path/Name` -> `Name`. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
