/**
 * Help texts of the command line. A description is a phrase without a period, as commander prints it beside its
 * option.
 */

type ExitCode = readonly [codes: string, meaning: string];

const SIGNALS: ExitCode = ['129, 130, 143', 'ended by SIGHUP, Ctrl-C (SIGINT) or SIGTERM'];

/** Sections below the list of options. */
function helpText(
  paragraphs: readonly string[],
  exitCodes: readonly ExitCode[],
  examples: readonly string[],
): string {
  const width = Math.max(...[...exitCodes, SIGNALS].map(([codes]) => codes.length));
  return [
    ...paragraphs.flatMap((paragraph) => ['', paragraph]),
    '',
    'Exit codes:',
    ...[...exitCodes, SIGNALS].map(([codes, meaning]) => `  ${codes.padEnd(width)}  ${meaning}`),
    '',
    'Examples:',
    ...examples.map((example) => `  $ ${example}`),
  ].join('\n');
}

export const PROGRAM_HELP = {
  description: 'Find over-privileged AWS IAM users and roles by comparing CloudTrail logs with IAM policies',
  afterError: '(add --help to list the options)',
} as const;

/** Options of several commands. */
export const SHARED_OPTIONS = {
  config: 'configuration file',
  cache: 'cache directory for parsed log files',
  noCache: 'read all log files and cache nothing',
  start: 'first day of the period, YYYY-MM-DD (default: 90 days ago)',
  end: 'last day of the period, YYYY-MM-DD (default: now)',
  quarter: 'calendar quarter, in place of --start and --end, for example 2026-Q3',
} as const;

export const REPORT_HELP = {
  description: 'Report on every IAM user, role and role assumption of the configured accounts',
  output: 'folder for the report',
  account: 'accounts to report on, by name or ID (default: all)',
  concurrency: 'maximum concurrent queries or files',
  detail: 'services: omit lists of actions and unused role assumptions',
  force: 'replace an existing report that nobody has changed',
  discardChanges: 'replace an existing report and delete all changes made to it',
  noResume: 'ignore saved progress and re-read all logs',
  timings: 'print the duration of each stage and the peak memory',
  previous: 'report of the last review, to show what changed since then',
  decisions: 'completed csv/access-review.csv of the last review, to show the outcome of each decision',
  excel: 'write CSV files that Excel opens directly, with all digits of account IDs',
  csvProfile: 'also write a list of principals for import into this tool',
  failOn: (rules: readonly string[]): string =>
    `exit with code 1 if the report contains one of these findings, separated by commas: ${rules.join(', ')}`,
  text: helpText(
    [
      'Ctrl-C removes the unfinished report and leaves an existing one unchanged. A second Ctrl-C ends the command at once.',
    ],
    [
      ['0', 'the report is complete'],
      ['1', 'the report is complete and contains a finding named by --fail-on'],
      ['2', 'an error, or incomplete data (listed in the report)'],
    ],
    [
      'cloudtracker report --config config.yaml --quarter 2026-Q3 --output reports/2026-Q3',
      'cloudtracker report --account production --start 2026-07-01 --end 2026-09-30',
      'cloudtracker report --quarter 2026-Q3 --output reports/2026-Q3 \\\n      --previous reports/2026-Q2 --decisions reviewed-2026-Q2.csv',
    ],
  ),
} as const;

export const CHECK_HELP = {
  description: 'Dry run: check log coverage, field mappings and IAM files; writes nothing',
  concurrency: 'maximum concurrent queries',
  text: helpText(
    [
      'For Elasticsearch, the output shows the indices, their layout, and the field of each CloudTrail element.',
    ],
    [
      ['0', 'a report would be complete'],
      ['2', 'an error, or problems that would make a report incomplete (listed at the end)'],
    ],
    ['cloudtracker check --config config.yaml', 'cloudtracker check --config config.yaml --quarter 2026-Q3'],
  ),
} as const;

export const DIFF_HELP = {
  description: 'Compare two reports: new and deleted principals, and changes to their permissions',
  old: 'folder of the earlier report',
  new: 'folder of the later report',
  json: 'print one JSON object per changed principal, as in json/changes.ndjson',
  text: helpText(
    ['Both reports must contain all actions: do not create them with --detail services.'],
    [
      ['0', 'no changes'],
      ['1', 'changes'],
      ['2', 'an error'],
    ],
    ['cloudtracker diff reports/2026-Q2 reports/2026-Q3'],
  ),
} as const;

export const INGEST_HELP = {
  description: 'Load folders of CloudTrail log files into the configured Elasticsearch index',
  folders: 'folders with log files, including subfolders',
  index: 'index to write to; required if the configured index is a pattern',
  concurrency: 'maximum concurrent requests',
  text: helpText(
    [
      'The command creates the index if it does not exist, and skips events that the index already contains.\nRun it again after an interruption, after an error, or to add files.',
    ],
    [
      ['0', 'the index contains all events'],
      ['2', 'an error, or files or events that were skipped (listed in the output)'],
    ],
    [
      'aws s3 sync s3://my-cloudtrail-bucket/AWSLogs/ logs/',
      'cloudtracker ingest --config config.yaml logs',
      'cloudtracker ingest --config config.yaml --index cloudtrail-2026-07 logs/123456789012 logs/210987654321',
    ],
  ),
} as const;

export const VERIFY_HELP = {
  description: 'Check that no file of a report was changed, removed or added, and that its files agree',
  folder: 'folder of the report',
  sha256: 'SHA-256 of SHA256SUMS that you stored elsewhere, for example in a ticket',
  text: helpText(
    [
      'The command reads only the folder and makes no network requests. It compares every file, manifest.json included, with\nSHA256SUMS, checks manifest.json against its schema, and compares the files with each other.',
      'Someone who can change the report can also rewrite all of its files consistently. To detect that, store the SHA-256 of\nSHA256SUMS, which report and verify print, in a place they cannot change, and pass it to --sha256.',
    ],
    [
      ['0', 'the report is unchanged'],
      ['2', 'differences (listed in the output), or no report in the folder'],
    ],
    ['cloudtracker verify reports/2026-Q3', 'cloudtracker verify reports/2026-Q3 --sha256 9f2b…'],
  ),
} as const;

export const QUERY_HELP = {
  account: 'account of the query, by name or ID',
  list: 'list users or roles and mark the unused ones',
  user: 'compare the permissions of this user with its activity',
  role: 'compare the permissions of this role with its activity',
  start: 'first day, YYYY-MM-DD (default: 365 days ago)',
  end: 'last day, YYYY-MM-DD (default: today)',
  destrole: 'show the activity of the user or role after it assumed this role',
  destaccount: 'account of that role (default: the account of the query)',
  showUsed: 'show only what was used',
  ignoreBenign: 'hide list and describe actions',
  ignoreUnknown: 'hide actions that CloudTrail does not record',
  noColor: 'disable colors',
  text: helpText(
    [],
    [
      ['0', 'the answer is complete'],
      ['2', 'an error, or incomplete data'],
    ],
    [
      'cloudtracker report --quarter 2026-Q3           # static site, CSV and JSON for all accounts',
      'cloudtracker --account demo --list users',
      'cloudtracker --account demo --user alice --show-used',
      'cloudtracker --account demo --user charlie --destrole admin --destaccount backup',
    ],
  ),
} as const;

/** Why commander rejects a value; follows its own "argument … is invalid." */
export const INVALID_ARGUMENT = {
  count: 'It must be a whole number above 0.',
  sha256: 'It must be 64 hexadecimal digits.',
  oneOf: (allowed: readonly string[]): string => `Allowed choices are ${allowed.join(', ')}.`,
} as const;
