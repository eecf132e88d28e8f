import { CHANGES_PAGE } from '../since-last-review/page.js';
import { ASSUMPTIONS_PAGE } from './assumptions.js';
import { METHODOLOGY_PAGE } from './methodology.js';
import { INDEX_PAGE } from './overview.js';
import type { ReviewPage } from './review-page.js';

/** In navigation order. */
export const REVIEW_PAGES: readonly ReviewPage[] = [
  INDEX_PAGE,
  ASSUMPTIONS_PAGE,
  CHANGES_PAGE,
  METHODOLOGY_PAGE,
];
