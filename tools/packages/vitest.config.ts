import { packageTests } from '../workspace/vitest.base.ts';

export default packageTests(import.meta.dirname);
