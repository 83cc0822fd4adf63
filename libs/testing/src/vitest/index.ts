/** @ritz/testing/vitest: what cleans up after a Vitest test by itself. */
export { temporaryFolder } from './temporaryFolder.ts';
