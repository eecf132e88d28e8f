import { grouped } from '../../base/plural.js';
import { RISKS } from '../../model/risk-table.js';
import { PAGE_TITLES, SECTION_LABELS } from '../../wording/pages.js';
import { TRUST_FINDINGS } from '../../wording/trust.js';
import type { ReviewPage } from './review-page.js';
import { template } from './templates.js';

const render = template('methodology');

export const METHODOLOGY_PAGE: ReviewPage = {
  path: 'methodology.html',
  content: 'how everything is counted',
  label: SECTION_LABELS.methodology,
  title: () => PAGE_TITLES.methodology,
  body: ({ head }) =>
    render({
      ...head,
      catalog: head.catalogUpdatedAt.slice(0, 10),
      actions: grouped(head.catalogActions),
      findings: Object.values(TRUST_FINDINGS),
      risks: Object.values(RISKS),
    }),
};
