/** The one Vitest set-up: packages resolve to each other's sources, and every run leaves a JSON report to be counted. */
import path from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

export function packageTests(directory: string, overrides: ViteUserConfig['test'] = {}): ViteUserConfig {
  const conditions = ['@ritz/source', 'node'];
  const name = path.basename(directory);
  return defineConfig({
    root: directory,
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: ['src/**/*.test.{ts,tsx}'],
      passWithNoTests: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      reporters: ['default', 'json'],
      outputFile: { json: path.join(directory, 'reports/vitest.json') },
      // graphql ships twice, as index.mjs and index.js, and refuses to work with both at once. Node loads index.js; so do the tests.
      alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
      ...overrides,
    },
  });
}
