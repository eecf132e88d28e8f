import type { Catalog } from '../catalog/types.js';
import type { AccountConfig } from '../config/types.js';
import { createEvaluator, type Evaluator } from '../iam/evaluate.js';
import { loadScps } from './iam-files.js';

/**
 * Evaluator of policies and SCPs by account ID. Accounts with the same SCPs share one.
 * @throws IamFileError if an SCP file is unreadable
 */
export async function loadEvaluators(
  catalog: Catalog,
  accounts: readonly AccountConfig[],
): Promise<ReadonlyMap<string, Evaluator>> {
  const shared = new Map<string, Evaluator>();
  const evaluators = new Map<string, Evaluator>();
  for (const { id, scp = [] } of accounts) {
    const key = JSON.stringify(scp);
    let evaluator = shared.get(key);
    if (evaluator === undefined) {
      evaluator = createEvaluator(catalog, { scps: await loadScps(scp) });
      shared.set(key, evaluator);
    }
    evaluators.set(id, evaluator);
  }
  return evaluators;
}
