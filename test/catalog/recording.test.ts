import { describe, expect, it, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { DATA_ACTIONS, NEVER_RECORDED, RECORDED_WITHOUT_API } from '../../src/catalog/tables/recording.js';

const catalog = await loadCatalog();
const recording = (action: string): string => catalog.recording(catalog.indexOf(action) ?? -1);

// CloudTrail User Guide, "Logging data events", and the page on CloudTrail of each service's guide.
test.each([
  ['cloudsearch:CreateDomain', 'management'],
  ['cloudsearch:document', 'never'],
  ['cloudsearch:search', 'never'],
  ['codecommit:GitPull', 'management'],
  ['codecommit:GitPush', 'management'],
  ['codecommit:UploadArchive', 'management'],
  ['dsql:DbConnect', 'data'],
  ['ecs:Poll', 'data'],
  ['ecs:RunTask', 'management'],
  ['kafka-cluster:Connect', 'never'],
  ['kafka:CreateTopic', 'management'],
  ['logs:FilterLogEvents', 'management'],
  ['logs:GetLogEvents', 'management'],
  ['logs:GetQueryResults', 'management'],
  ['logs:PutLogEvents', 'never'],
  ['logs:StartLiveTail', 'management'],
  ['mediastore:GetObject', 'never'],
  ['mediastore:PutContainerPolicy', 'management'],
  ['neptune-db:GetEngineStatus', 'never'],
  ['neptune-db:ReadDataViaQuery', 'never'],
  ['networkflowmonitor:StartQueryMonitorTopContributors', 'data'],
  ['polly:SynthesizeSpeech', 'management'],
  ['redshift-data:ExecuteStatement', 'management'],
  ['s3express:GetBucketPolicy', 'management'],
  ['s3tables:GetTableData', 'data'],
  ['s3tables:GetTableMetadataLocation', 'management'],
  ['states:SendTaskSuccess', 'management'],
  ['states:StartSyncExecution', 'data'],
  ['xray:GetSamplingRules', 'never'],
  ['xray:GetSamplingTargets', 'data'],
  ['xray:GetSamplingStatisticSummaries', 'management'],
  ['xray:GetServiceGraph', 'data'],
  ['xray:PutTraceSegments', 'data'],
  ['xray:PutEncryptionConfig', 'management'],
])('%s is recorded as %s', (action, expected) => {
  expect(recording(action)).toBe(expected);
});

describe('the tables of what is recorded', () => {
  it.each(Object.entries({ DATA_ACTIONS, NEVER_RECORDED, RECORDED_WITHOUT_API }))(
    '%s has no idle entry',
    (_, table) => {
      const idle = Object.entries(table).flatMap(([prefix, names]) =>
        names
          .map((name) => `${prefix}:${name}`)
          .filter((pattern) => {
            const regex = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i');
            return !catalog.actions.some((action) => regex.test(action));
          }),
      );
      expect(idle).toEqual([]);
    },
  );
});

test('an action without a call of its own is shown inside others', () => {
  const shown = catalog.actions.filter((_, action) => catalog.shownInside(action));
  expect(shown).toEqual([
    'iam:PassRole',
    'lambda:PassCapacityProvider',
    's3tables:PutTableStorageClass',
    'sts:SetContext',
    'sts:SetSourceIdentity',
    'sts:TagGetWebIdentityToken',
    'sts:TagSession',
  ]);
});
