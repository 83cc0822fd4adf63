import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import redos from 'eslint-plugin-redos';
import jsonParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

/** Which layer may import which: arrows point down only. A test compares the table in libs/README.md with it. */
export const layers = {
  // Only tests import it: see the rule below.
  'layer:testing': [],
  'layer:spectra': [],
  'layer:records': ['layer:spectra'],
  'layer:lanczos': ['layer:spectra'],
  'layer:estimation': ['layer:lanczos', 'layer:spectra'],
  'layer:training': ['layer:estimation', 'layer:lanczos', 'layer:records', 'layer:spectra'],
  'layer:database': ['layer:records', 'layer:spectra'],
  'layer:schema': ['layer:database', 'layer:records', 'layer:spectra'],
  'layer:client': [],
  'layer:http': [],
  'layer:settings': [],
  // Python: what its tests start.
  'layer:client-python': ['layer:api', 'layer:cli', 'layer:database', 'layer:records', 'layer:spectra'],
  'layer:charts': ['layer:spectra'],
  'layer:worker': ['layer:database', 'layer:estimation', 'layer:lanczos', 'layer:records', 'layer:training'],
  'layer:reproduction': ['layer:charts', 'layer:estimation', 'layer:records', 'layer:spectra', 'layer:training'],
  'layer:api': ['layer:schema', 'layer:database', 'layer:http', 'layer:records', 'layer:settings'],
  'layer:dashboard': ['layer:client', 'layer:charts', 'layer:http'],
  'layer:cli': [
    'layer:api',
    'layer:client',
    'layer:dashboard',
    'layer:database',
    'layer:estimation',
    'layer:lanczos',
    'layer:records',
    'layer:reproduction',
    'layer:schema',
    'layer:settings',
    'layer:spectra',
    'layer:training',
    'layer:worker',
  ],
  'layer:e2e': [],
  'layer:docker': ['layer:database'],
  'layer:packages': [],
  'layer:benchmark': [
    'layer:client',
    'layer:database',
    'layer:estimation',
    'layer:lanczos',
    'layer:records',
    'layer:spectra',
    'layer:training',
  ],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out-tsc/**',
      '**/.next/**',
      '**/next-env.d.ts',
      '**/generated/**',
      '**/node_modules/**',
      '**/test-results/**',
      '.nx/**',
      'reports/**',
    ],
  },
  js.configs.recommended,
  { files: ['**/*.{ts,tsx}'], extends: [tseslint.configs.strict, tseslint.configs.stylistic] },
  {
    plugins: { '@nx': nx },
    files: ['**/*.{ts,tsx,js,mjs}'],
    // An example imports its package as readers of it would.
    ignores: ['**/vitest.config.ts', '**/examples/**'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          banTransitiveDependencies: true,
          depConstraints: Object.entries(layers).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
            sourceTag,
            onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, 'layer:testing'],
          })),
        },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    // Next.js calls the handlers of a route by the names of HTTP's methods.
    ignores: ['apps/dashboard/src/app/**/route.ts'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'variable', format: ['camelCase', 'PascalCase'], leadingUnderscore: 'allow' },
      ],
    },
  },
  {
    // Rules that need types. A promise that nobody awaits hides its failure; a switch that is not exhausted hides a new choice.
    files: ['**/*.{ts,tsx}'],
    ignores: [
      '**/vitest.config.ts',
      '**/vite.config.ts',
      '**/playwright.config.ts',
      '**/drizzle.config.ts',
      'tools/workspace/**',
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // What users send meets no expression whose time grows faster than its text: one request would stop a server.
    plugins: { redos },
    files: ['apps/{api,dashboard}/**', 'libs/{client,database,http,records,schema}/**'].map((at) => `${at}/*.{ts,tsx}`),
    ignores: ['**/*.test.{ts,tsx}', '**/testing/**'],
    rules: { 'redos/no-vulnerable': 'error' },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    ignores: ['**/*.test.{ts,tsx}', '**/testing/**', 'apps/dashboard-e2e/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: '@ritz/testing', message: 'Only tests may import it.' }] }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  { files: ['**/package.json'], languageOptions: { parser: jsonParser } },
  prettier,
);
