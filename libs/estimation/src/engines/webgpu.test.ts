/** ONNX Runtime's WebGPU provider on a Vulkan driver in software: every op, and the products of the fixtures. */
import { describe } from 'vitest';
import { agreesOnEveryOp } from '../testing/opAgreement.ts';
import { agreesWithPyTorch } from '../testing/conformance.ts';
import { canTestWebGpu, useSwiftShader } from '../testing/swiftShader.ts';
import { createEngine } from './createEngine.ts';

describe.skipIf(!canTestWebGpu())('WebGPU', () => {
  const open = (): ReturnType<typeof createEngine> => {
    useSwiftShader();
    return createEngine({ engine: 'onnx-webgpu' });
  };
  agreesOnEveryOp('onnx-webgpu', open);
  agreesWithPyTorch('onnx-webgpu', open, 1e-5);
});
