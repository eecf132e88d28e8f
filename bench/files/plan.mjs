import { writeFileSync } from 'node:fs';
import { loadCatalog } from '../../dist/catalog/catalog.js';

/** Writes the services of the catalog's RequestPlan, which ask.mjs reads. */
export async function writePlan(file) {
  const { requestPlan } = await loadCatalog();
  writeFileSync(file, JSON.stringify([...requestPlan.services]));
}
