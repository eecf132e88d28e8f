import type { Catalog, ResourcePattern } from '../../src/catalog/types.js';

const types = (...patterns: string[]): ResourcePattern[] =>
  patterns.map((pattern) => ({ pattern, required: patterns.length === 1 }));
const INSTANCE = types('arn:*:ec2:*:*:instance/*');
const BUCKET = types('arn:*:s3:::*');
const OBJECT = types('arn:*:s3:*:*:accesspoint/*/object/*', 'arn:*:s3:::*/*');
const RESOURCES = [
  INSTANCE,
  INSTANCE,
  BUCKET,
  BUCKET,
  OBJECT,
  BUCKET,
  OBJECT,
  OBJECT,
  types('arn:*:iam::*:role/*'),
];

/** A hand-made catalog of a few actions. */
export function tinyCatalog(): Catalog {
  const actions = [
    'ec2:StartInstances',
    'ec2:StopInstances',
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    's3:PutObjectAcl',
    'sts:AssumeRole',
  ];
  const index = new Map(actions.map((a, i) => [a.toLowerCase(), i]));
  const services = [
    { prefix: 'ec2', name: 'EC2', from: 0, to: 2 },
    { prefix: 's3', name: 'S3', from: 2, to: 8 },
    { prefix: 'sts', name: 'STS', from: 8, to: 9 },
  ];
  return {
    actions,
    services,
    updatedAt: '2026-01-01',
    indexOf: (action) => index.get(action.toLowerCase()),
    serviceOf: (action) => services.findIndex((s) => action >= s.from && action < s.to),
    accessLevels: () => [],
    mapEvent: () => ({ kind: 'unmapped' }),
    recording: () => 'management',
    resourcePatterns: (action) => RESOURCES[action] ?? [],
    furtherActions: () => [],
    requestPlan: { prefixes: { first: new Map(), second: new Map() }, services: new Map() },
    shownInside: () => false,
    exercisedBy: () => [],
  };
}
