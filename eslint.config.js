import tseslint from 'typescript-eslint';

// .dependency-cruiser.mjs checks imports between files, knip.json unused code.

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
  { ignores: ['dist/', 'output/', 'node_modules/'] },
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
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  // AssemblyScript has its own types (i32, usize): only rules without type information apply.
  { files: ['**/*.js', '**/*.mjs', 'assembly/**/*.ts'], ...tseslint.configs.disableTypeChecked },
  {
    rules: {
      'no-self-compare': 'error',
      'no-constant-condition': 'error',
      'no-shadow-restricted-names': 'error',
    },
  },
  // AssemblyScript has no `import type`.
  { files: ['assembly/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    files: ['templates/assets/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        ['document', 'getSelection', 'location', 'navigator', 'URL', 'window'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
    rules: { eqeqeq: 'error', 'no-undef': 'error', strict: ['error', 'global'] },
  },
  printingRules,
);
