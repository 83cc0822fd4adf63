import { packageTests } from '../../tools/workspace/vitest.base.ts';

export default packageTests(import.meta.dirname);
