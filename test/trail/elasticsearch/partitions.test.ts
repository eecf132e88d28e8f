import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinAccounts } from '../../../src/trail/elasticsearch/partitions.js';

const counted = fc.uniqueArray(fc.tuple(fc.stringMatching(/^\d{12}$/), fc.nat(1_000)), {
  selector: ([accountId]) => accountId,
  maxLength: 40,
});

describe('joining accounts', () => {
  it('keeps each once and in order, and none together with too many documents', () => {
    fc.assert(
      fc.property(counted, fc.nat(2_000), (accounts, most) => {
        const documents = new Map(accounts);
        const accountIds = accounts.map(([accountId]) => accountId);
        const parts = joinAccounts(accountIds, documents, most).map((scope) => scope.accountIds ?? []);
        expect(parts.flat()).toEqual(accountIds);
        const sums = parts.map((part) => part.reduce((sum, id) => sum + (documents.get(id) ?? 0), 0));
        for (const [index, sum] of sums.entries()) {
          if ((parts[index]?.length ?? 0) > 1) expect(sum).toBeLessThanOrEqual(most);
          const next = parts[index + 1]?.[0];
          if (next !== undefined) expect(sum + (documents.get(next) ?? 0)).toBeGreaterThan(most);
        }
      }),
    );
  });

  it('keeps all apart below nothing', () => {
    expect(joinAccounts(['1', '2'], new Map(), -1)).toEqual([{ accountIds: ['1'] }, { accountIds: ['2'] }]);
  });
});
