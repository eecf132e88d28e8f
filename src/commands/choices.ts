/** Allowed values of command line options, from the modules that define them. */
export { CSV_PROFILES, type CsvProfile } from '../report/csv/profiles/all.js';
export { FINDING_RULES, type FindingRule } from '../review/findings.js';
