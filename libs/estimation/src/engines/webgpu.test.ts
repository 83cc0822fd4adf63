/** ONNX Runtime's WebGPU provider on a Vulkan driver in software: every op, and the products of the fixtures. */
import { describe } from 'vitest';
import { agreesOnEveryOp } from '../testing/opAgreement.ts';
import { canTestWebGpu, useSwiftShader } from '../testing/swiftShader.ts';
import { createEngine } from './createEngine.ts';

describe.skipIf(!canTestWebGpu())('WebGPU', () => {
  agreesOnEveryOp('onnx-webgpu', () => {
    useSwiftShader();
    return createEngine({ engine: 'onnx-webgpu' });
  });
});
