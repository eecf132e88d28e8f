/** What options of the command line can be, from where each is defined. */
export { CSV_PROFILES, type CsvProfile } from '../report/csv/profiles/all.js';
export { FINDING_RULES, type FindingRule } from '../review/findings.js';
