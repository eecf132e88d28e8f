import tseslint from 'typescript-eslint';

// The layers of the tool, lowest first. A folder may import from itself and from those its entry names:
// data flows config -> iam, catalog, trail -> review -> report -> commands -> cli, and nothing imports upward;
// base is below all, and every layer may import from it;
// ingest stands beside review: it takes logs to where a trail is read from; previous reads what report wrote earlier.
const layers = {
  base: [],
  config: [],
  catalog: [],
  iam: ['catalog'],
  trail: ['config'],
  ingest: ['config', 'trail'],
  review: ['config', 'catalog', 'iam', 'trail'],
  previous: ['config', 'review'],
  report: ['config', 'catalog', 'iam', 'trail', 'review'],
  commands: ['config', 'catalog', 'iam', 'trail', 'review', 'previous', 'report', 'ingest'],
  cli: ['config', 'commands'],
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [...Object.keys(layers), 'cli.js']
          .filter((other) => other !== 'base' && other !== layer && !allowed.includes(other))
          .map((other) => ({
            regex: `^(\\.\\./)+${other}(/|$)`,
            message: `src/${layer} may not import from ${other}: imports go one way, see eslint.config.js.`,
          })),
      },
    ],
  },
}));

const pureRules = {
  files: ['src/review/**/*.ts', 'src/iam/**/*.ts'],
  ignores: ['src/iam/load.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      {
        selector: 'ImportDeclaration[source.value=/^node:(fs|http|https|net|child_process|worker_threads)/]',
        message: 'iam and review are pure: read and write in the layers around them.',
      },
    ],
  },
};

const printing = 'Print through src/cli/output.ts, so that no value controls the terminal.';
const printingRules = {
  files: ['src/**/*.ts'],
  ignores: ['src/cli/output.ts'],
  rules: {
    'no-console': 'error',
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'stdout', message: printing },
      { object: 'process', property: 'stderr', message: printing },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/', 'output/', 'node_modules/', 'templates/assets/', 'assembly/*.ts'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 330, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  ...layerRules,
  pureRules,
  printingRules,
);
