import type { Catalog, EventMapping, Recording } from '../../src/catalog/types.js';

/** A catalogue of eight actions, so that a test can say all that is in it. */
const ACTIONS = [
  'ec2:DescribeInstances',
  'ec2:RunInstances',
  'iam:PassRole',
  's3:CreateBucket',
  's3:GetObject',
  's3:ListAllMyBuckets',
  'timestream:DescribeEndpoints',
  'timestream:Select',
];
const RECORDING = new Map<string, Recording>([
  ['iam:PassRole', 'never'],
  ['s3:GetObject', 'data'],
]);
const EVENTS = new Map<string, EventMapping>([
  ['s3.amazonaws.com:ListBuckets', { kind: 'actions', mode: 'all', actions: [5] }],
  ['ec2.amazonaws.com:RunBoth', { kind: 'actions', mode: 'all', actions: [0, 1] }],
  ['timestream.amazonaws.com:Query', { kind: 'actions', mode: 'any', actions: [6, 7] }],
  ['sts.amazonaws.com:GetCallerIdentity', { kind: 'no-permission', reason: 'needs none' }],
]);

export const indexOf = (action: string): number => ACTIONS.indexOf(action);

export const tinyCatalog: Catalog = {
  actions: ACTIONS,
  services: [
    { prefix: 'ec2', name: 'EC2', from: 0, to: 2 },
    { prefix: 'iam', name: 'IAM', from: 2, to: 3 },
    { prefix: 's3', name: 'S3', from: 3, to: 6 },
    { prefix: 'timestream', name: 'Timestream', from: 6, to: 8 },
  ],
  updatedAt: '2026-09-26T00:00:00Z',
  indexOf: (action) => {
    const index = ACTIONS.findIndex((name) => name.toLowerCase() === action.toLowerCase());
    return index < 0 ? undefined : index;
  },
  serviceOf: (action) => (action < 2 ? 0 : action < 3 ? 1 : action < 6 ? 2 : 3),
  accessLevels: () => ['Write'],
  mapEvent: (source, name) => {
    const known = EVENTS.get(`${source}:${name}`);
    if (known !== undefined) return known;
    const action = ACTIONS.indexOf(`${source.replace('.amazonaws.com', '')}:${name}`);
    return action < 0 ? { kind: 'unmapped' } : { kind: 'actions', mode: 'all', actions: [action] };
  },
  recording: (action) => RECORDING.get(ACTIONS[action] ?? '') ?? 'management',
  resourcePatterns: () => [],
  furtherActions: () => [],
  requestPlan: { prefixes: { first: new Map(), second: new Map() }, services: new Map() },
  shownInside: () => false,
  exercisedBy: () => [],
};
