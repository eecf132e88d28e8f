import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';

const catalog = await loadCatalog();
const patterns = (action: string) => catalog.resourcePatterns(catalog.indexOf(action) ?? -1);

describe('resource patterns', () => {
  it('are the ARNs of the types of an action, with * for each variable part', () => {
    expect(patterns('sqs:SendMessage')).toEqual([{ pattern: 'arn:*:sqs:*:*:*', required: true }]);
    expect(patterns('s3:GetObject')).toContainEqual({ pattern: 'arn:*:s3:::*/*', required: false });
    expect(patterns('dynamodb:Query')).toEqual(
      expect.arrayContaining([
        { pattern: 'arn:*:dynamodb:*:*:table/*', required: true },
        { pattern: 'arn:*:dynamodb:*:*:table/*/index/*', required: false },
      ]),
    );
  });
  it('are none where the action only works on *', () => {
    expect(patterns('s3:ListAllMyBuckets')).toEqual([]);
  });
  it('are known for every type that an action names', () => {
    const unknown = catalog.actions.filter((_, action) =>
      catalog.resourcePatterns(action).some(({ pattern }) => !pattern.startsWith('arn:')),
    );
    expect(unknown).toEqual([]);
  });
});
