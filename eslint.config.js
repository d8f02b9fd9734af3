import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that one thing has one name everywhere.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' };

export default ts.config(
  { ignores: ['dist/', 'src/core/train/kernels/assembly/', '.cache/', 'lessons/', 'node_modules/', 'public/', '**/.svelte-kit/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: { allowDefaultProject: ['*.js', '.*.cjs', 'test/tools/*.mjs'] }, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      'no-restricted-syntax': ['error', noDefaultExport, noEnum],
      'no-console': 'error',
      'no-eval': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  { files: ['**/*.svelte'], rules: { 'prefer-const': 'off', 'svelte/prefer-const': ['error', { destructuring: 'all' }], 'svelte/no-unused-svelte-ignore': 'off', 'svelte/prefer-svelte-reactivity': 'off' } },
  { files: ['src/**/*.ts', 'src/**/*.svelte'], rules: { 'max-lines': ['error', { max: 250 }] } },
  { files: ['src/core/**/*.ts', 'src/lab/**/*.ts'], rules: { 'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Randomness is an argument.' }, { object: 'Date', property: 'now', message: 'Time is an argument.' }] } },
  { files: ['src/cli.ts', 'test/checks/**', 'test/lessons/**', 'test/run-vectors.ts', 'test/tools/**', 'bench/**', '.ci/**'], rules: { 'no-console': 'off' } },
  { files: ['*.js', '*.cjs', '*.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
