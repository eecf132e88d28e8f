import { plural } from '../base/plural.js';

/** Errors in config.yaml and in the options for a period. A message about a key stands behind the path of the key. */

/** About single values. */
export const VALUE_ERRORS = {
  text: 'must be text',
  empty: 'is empty',
  missing: 'is missing',
  date: 'is not a date like 2026-12-31',
  noSuchDay: 'is not an existing date',
  paths: 'must be a path or a list of paths',
  accountId: 'must be 12 digits, including leading zeros',
  boolean: 'must be true or false',
  account: 'must be a mapping with name, id and iam',
  exemption: 'must be a mapping with id, arn, owner and reason',
  accounts: 'must be a list of accounts',
  noAccounts: 'is empty: list at least one account',
  list: 'must be a list',
  servicePrefix: 'is not an IAM service prefix like s3',
  servicePrefixes: 'must be a list like [s3]',
  tagKeys: 'must be a list of tag keys like [owner, team]',
  noTagKeys: 'is empty: remove it, or list a tag key',
  management: 'must be all, read-only or write-only',
  excluded: 'must be kms or rds-data',
  exclude: 'must be a list like [kms]',
  regions: 'must be all, or a list of Regions like [eu-west-1]',
  region: 'must be a Region like eu-west-1',
  recording: 'must be a mapping with keys like management and exclude',
  port: 'is not a port number',
  duration: 'is not a duration like 90s, 5m or 2h',
  durationOrNone: 'must be none or a duration like 90s, 5m or 2h',
  fingerprint: 'is not a SHA-256 fingerprint of 64 hexadecimal digits',
  mapping: 'must be auto, raw or ecs',
  elasticsearch: 'must be a mapping with keys like host and index',
  files: 'must be a mapping with the key path',
} as const;

export const CONFIG_ERRORS = {
  absent: (file: string): string =>
    `The configuration ${file} does not exist. Name another file with --config. For an example, see data/demo/config.yaml.`,
  unreadable: (file: string, reason: string): string => `${file} cannot be read: ${reason}`,
  more: (count: number): string => `… ${plural(count, 'more error')}`,
  noKeys: (sources: readonly string[]): string =>
    `The configuration has no keys. It needs accounts and ${sources.join(' or ')}.`,
  unsetVariable: (variable: string): string =>
    `needs the environment variable ${variable}, which is not set or empty`,
  duplicate: (other: string): string => `is the same as in ${other}`,
  secondSource: (first: string): string => `cannot be combined with ${first}: remove one of them`,
  noSource: 'The configuration has no source. Add the location of the CloudTrail logs in one of these forms:',
  athena: {
    message: 'is not supported. Copy the logs from the bucket, for example with',
    example: [
      '  aws s3 sync s3://BUCKET/PREFIX/AWSLogs ./logs/AWSLogs',
      'and replace athena: with:',
      '  files:',
      '    path: ./logs',
    ],
  },
  movedKey: (replacement: string): string => `is not a key of this version: ${replacement}`,
  unknownKey: (meant: string | undefined, known: readonly string[]): string =>
    meant === undefined
      ? `is not a known key. Known keys: ${known.join(', ')}`
      : `is not a known key: did you mean ${meant}?`,
} as const;

/** Why a text is not read as YAML. */
export const YAML_ERRORS = {
  invalid: (reason: string): string => `not valid YAML: ${reason}`,
  noDocument: 'the file is empty',
  moreDocuments: 'the file has more than one document',
  tooDeep: (levels: number): string => `values are nested more than ${levels} levels deep`,
  endlessAlias: 'YAML aliases must not contain themselves: replace the alias with its value',
  largeAlias: (characters: number): string =>
    `YAML aliases must not stand for more than ${plural(characters, 'character')}: replace the alias with its value`,
  deepAlias: (levels: number): string =>
    `YAML aliases must not nest more than ${levels} levels deep: replace the alias with its value`,
} as const;

/** In place of a secret, in the manifest. */
export const SECRET_SOURCES = {
  environment: 'from the environment',
  file: (name: string): string => `from the file ${name}`,
} as const;

/** Keys of other tools and versions, and what replaces them. */
export const MOVED_KEYS = {
  scheme: 'write the scheme into host: https://…',
  login: 'use username and password',
  ca: 'use ca',
  node: 'use node',
} as const;

/** When to use a source, as the title of an example. */
export const SOURCE_USES = {
  elasticsearch: 'for an index in Elasticsearch',
  files: 'for a folder of CloudTrail log files',
} as const;

export const FILES_ERRORS = {
  index: 'requires elasticsearch: files have no index',
} as const;

export const ELASTICSEARCH_CONFIG_ERRORS = {
  noAddress: 'needs one of host, node, nodes and cloud_id',
  secondAddress: (given: readonly string[]): string =>
    `is a second address of the cluster: use only one of ${given.join(', ')}`,
  portWithoutHost: 'requires host: elsewhere the URL contains the port',
  otherIndex: 'differs from index at the top level: remove one of them',
  cloudId: 'is not a Cloud ID (name:text): copy it from the page of the deployment',
  url: 'is not the URL of a server, like https://logs.example.org:9200',
  secondSecret: (key: string): string => `gives ${key} a second time: remove one of them`,
  usernameAndPassword: 'needs both username and password',
  secondLogin: (first: string | undefined): string =>
    `is a second login besides ${first ?? 'the URL'}: remove one of them`,
  urlLogin: 'needs both a user name and a password before the @',
  percent: 'has a % in its user name or password: write it as %25',
  certAndKey: 'needs both cert and key',
  passphraseWithoutKey: 'requires key',
  fingerprintWithCloudId: 'requires host, node or nodes',
  unusedTls: (key: string): string => `is false, so ${key} has no effect: remove one of them`,
  needsTls: (addressKey: string): string => `needs TLS: begin ${addressKey} with https://`,
  secret: (key: string): string =>
    `contains a secret in plain text: write ${key}: \${NAME} and set the environment variable NAME, or write ${key}_file: with the path of a file that contains it`,
  passwordInUrl:
    'contains a password in plain text: remove it from the URL, and use username and password: ${NAME}',
} as const;

/** Errors in --start, --end and --quarter. */
export const PERIOD_ERRORS = {
  quarterAndDays: '--quarter cannot be combined with --start and --end.',
  future: (start: string, end: string): string => `The period ${start} to ${end} is in the future.`,
  empty: (start: string, end: string): string =>
    `The period is empty: it starts at ${start} and ends at ${end}.`,
  quarter: (text: string): string => `--quarter ${text} is not a quarter. Write it like 2026-Q3.`,
  day: (flag: string, text: string): string => `${flag} ${text} is not a date. Write it as YYYY-MM-DD.`,
  endBeforeStart: (start: string, end: string): string =>
    `The period ends (${end}) before it starts (${start}).`,
} as const;
