import { principalPath } from '../paths.js';
import { increment, countOf } from '../../base/maps.js';
import { FINDING_RULES, findingsOf, isCovered, type FindingRule } from '../../review/findings.js';
import type { ReviewHead } from '../../review/types.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { describeFinding, SARIF_RULES, SARIF_TEXTS } from '../../wording/sarif.js';
import type { DescribedPrincipal } from '../../wording/described.js';

export interface FindingsWriter extends ReportWriter {
  /** Findings without a valid exemption. */
  counts(): Readonly<Record<FindingRule, number>>;
}

const LEVELS: Readonly<Record<FindingRule, 'error' | 'warning'>> = {
  inactive: 'warning',
  'unused-admin': 'error',
  'new-admin': 'error',
  incomplete: 'error',
  'expired-exemption': 'warning',
};

/** Writes json/findings.sarif (SARIF 2.1.0): one result per principal and rule; exempted ones are suppressed. */
export function createFindingsWriter(): FindingsWriter {
  let started: { readonly head: ReviewHead; readonly out: OutputFolder } | undefined;
  const results: object[] = [];
  const open = new Map<FindingRule, number>();
  return {
    begin: (head, out) => {
      started = { head, out };
      return Promise.resolve();
    },
    principal: (principal) => {
      for (const rule of findingsOf(principal)) {
        const covered = isCovered(principal, rule);
        if (!covered) increment(open, rule);
        results.push(resultOf(principal, rule, covered));
      }
      return Promise.resolve();
    },
    assumption: () => Promise.resolve(),
    end: async () => {
      if (started === undefined) throw new Error('begin has not been called');
      const { head, out } = started;
      await out.writeFile(
        'json/findings.sarif',
        `${JSON.stringify(sarif(head, results), null, 1)}\n`,
        results.length,
      );
    },
    counts: () =>
      Object.fromEntries(FINDING_RULES.map((rule) => [rule, countOf(open, rule)])) as Record<
        FindingRule,
        number
      >,
  };
}

function resultOf(principal: DescribedPrincipal, rule: FindingRule, covered: boolean): object {
  const { arn, id, accountId, exemption } = principal;
  return {
    ruleId: rule,
    ruleIndex: FINDING_RULES.indexOf(rule),
    level: LEVELS[rule],
    message: { text: describeFinding(rule, principal) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: principalPath(principal), uriBaseId: 'REPORT' } },
        logicalLocations: [{ fullyQualifiedName: arn, kind: 'resource' }],
      },
    ],
    // Stable between reports, so that a viewer recognizes a known finding.
    partialFingerprints: { 'principal/v1': `${accountId}/${id}/${rule}` },
    ...(covered && exemption !== null
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: SARIF_TEXTS.justification(exemption.id, exemption.owner, exemption.reason),
            },
          ],
        }
      : {}),
  };
}

const sarif = (head: ReviewHead, results: readonly object[]): object => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'CloudTracker',
          version: head.toolVersion,
          rules: FINDING_RULES.map((id) => ({
            id,
            shortDescription: { text: SARIF_RULES[id] },
            defaultConfiguration: { level: LEVELS[id] },
          })),
        },
      },
      automationDetails: { id: `access-review/${head.id}` },
      originalUriBaseIds: { REPORT: { description: { text: SARIF_TEXTS.root } } },
      columnKind: 'utf16CodeUnits',
      results,
    },
  ],
});
