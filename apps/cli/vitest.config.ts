import { findPython } from '../../tools/workspace/python.mjs';
import { packageTests } from '../../tools/workspace/vitest.base.ts';

export default packageTests(import.meta.dirname, { env: { RITZ_PYTHON: findPython() ?? '' } });
