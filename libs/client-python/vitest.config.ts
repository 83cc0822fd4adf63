import { packageTests } from '../../tools/workspace/vitest.base.ts';
import { findPython, missingModules } from '../../tools/workspace/python.mjs';

const python = findPython();

export default packageTests(import.meta.dirname, {
  env: { RITZ_PYTHON: python ?? '', RITZ_PYTHON_LACKS: python ? missingModules(python).join() : '' },
});
