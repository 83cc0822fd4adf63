import { swiftShaderEnvironment } from '../../tools/workspace/machine/swiftShader.mjs';
import { packageTests } from '../../tools/workspace/vitest.base.ts';

export default packageTests(import.meta.dirname, { env: swiftShaderEnvironment() });
