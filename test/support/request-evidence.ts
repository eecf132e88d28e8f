import { readFileSync } from 'node:fs';
import { createCallPlans } from '../../src/base/requests/plan.js';
import { NOTHING, requestReader } from '../../src/base/requests/reader.js';
import { evidenceOf } from '../../src/catalog/further-evidence.js';
import type { FurtherTable } from '../../src/catalog/further-actions.js';
import type { RequestEvidence } from '../../src/catalog/further-types.js';
import type { Catalog } from '../../src/catalog/types.js';

type FindEvidence = (eventSource: string, eventName: string, requestParameters: unknown) => RequestEvidence;

/** What one request shows, in the two steps of a report: an engine reads the request by the plan, the review explains it. */
export function requestEvidence(catalog: Catalog): FindEvidence {
  const planOf = createCallPlans(catalog.requestPlan);
  return (eventSource, eventName, requestParameters) => {
    const plan = planOf(eventSource, eventName);
    const contents = plan === null ? NOTHING : requestReader(plan)(requestParameters);
    return evidenceOf(catalog, eventSource, eventName, contents);
  };
}

/** The API operations that may pass a role, as `service:Operation`. */
export function rolePassingOperations(): ReadonlySet<string> {
  const { services } = JSON.parse(readFileSync('data/catalog/further-actions.json', 'utf8')) as FurtherTable;
  return new Set(
    Object.entries(services).flatMap(([service, entries]) =>
      entries
        .filter(({ action }) => action === 'iam:PassRole')
        .flatMap(({ operations }) => operations.split(' ').map((operation) => `${service}:${operation}`)),
    ),
  );
}
