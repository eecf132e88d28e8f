/** Relative path from a principal's page to the report folder. */
export const ROOT = '../../../';
