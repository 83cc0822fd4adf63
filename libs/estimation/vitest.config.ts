import { swiftShaderEnvironment } from '../../tools/workspace/machine/swift-shader.mjs';
import { packageTests } from '../../tools/workspace/vitest.base.ts';

export default packageTests(import.meta.dirname, { env: swiftShaderEnvironment() });
