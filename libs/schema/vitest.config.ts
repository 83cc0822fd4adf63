import { packageTests } from '../../tools/workspace/vitest.base.ts';

// graphql ships twice, as index.mjs and index.js, and refuses to work with both at once. Node loads index.js; so do the tests.
export default packageTests(import.meta.dirname, { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] });
