import { pythonEnvironment } from '../../tools/workspace/machine/python.mjs';
import { packageTests } from '../../tools/workspace/vitest.base.ts';

export default packageTests(import.meta.dirname, { env: pythonEnvironment() });
