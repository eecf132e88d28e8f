import { ACCESS_REVIEW } from './access-review.js';
import { ASSUMPTIONS } from './assumptions.js';
import { EXEMPTIONS } from './exemptions.js';
import { PASSED_ROLES } from './passed-roles.js';
import { PEOPLE } from './people.js';
import { POPULATION } from './population.js';
import type { PrincipalTable } from './principal-table.js';
import { PRIVILEGES } from './privileges.js';
import { RECORDING } from './recording.js';
import { RISKS_TABLE } from './risks.js';
import { SERVICES } from './services.js';
import { SUGGESTIONS } from './suggestions.js';
import type { Header } from './table.js';
import { TRAIL_PRINCIPALS } from './trail-principals.js';
import { TRUST } from './trust.js';

export const PRINCIPAL_TABLES: readonly PrincipalTable[] = [
  SERVICES,
  SUGGESTIONS,
  RISKS_TABLE,
  TRUST,
  PEOPLE,
  PASSED_ROLES,
];

export const TABLES: readonly Header[] = [
  ...[ACCESS_REVIEW, ASSUMPTIONS, EXEMPTIONS, POPULATION, PRIVILEGES, RECORDING, TRAIL_PRINCIPALS],
  ...PRINCIPAL_TABLES,
];
