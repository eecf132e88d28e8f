import type { Fact } from '../source.js';
import { FILE_FINDINGS } from '../../wording/log-files.js';
import type { AccountCoverage, DigestCoverage } from '../types.js';

/** @param proved by account */
export function withDigests(
  coverage: readonly AccountCoverage[],
  proved: ReadonlyMap<string, DigestCoverage>,
): AccountCoverage[] {
  return coverage.map((account) => {
    const digests = proved.get(account.accountId);
    if (digests === undefined) return account;
    // Events of another Region came in log files that no digest file lists, whatever their names are.
    const isEveryRegion = account.regions.every(({ region }) => digests.regions.includes(region));
    return { ...account, digests: isEveryRegion ? digests : { ...digests, provenDays: [] } };
  });
}

/** For `check`; nothing without digest files. */
export function digestFact(coverage: readonly AccountCoverage[]): Fact[] {
  const digests = coverage.flatMap((account) => account.digests ?? []);
  if (digests.length === 0) return [];
  const files = digests.reduce((sum, each) => sum + each.files, 0);
  const signed = digests.reduce((sum, each) => sum + each.signed, 0);
  return [{ kind: 'line', label: FILE_FINDINGS.labels.digests, value: FILE_FINDINGS.digests(files, signed) }];
}
