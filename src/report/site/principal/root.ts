/** The relative way from a principal's page to the report's folder. */
export const ROOT = '../../../';
