import path from 'node:path';
import { defineConfig } from 'vite';

/** Directives such as "use client" mean nothing in a page of one bundle. */
const harmless = new Set(['MODULE_LEVEL_DIRECTIVE']);

export default defineConfig({
  root: import.meta.dirname,
  base: '/graphiql/',
  logLevel: 'warn',
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/graphiql'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      onwarn: (warning, warn) => {
        if (!harmless.has(warning.code ?? '')) warn(warning);
      },
    },
  },
});
