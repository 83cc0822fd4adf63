import { engineNames } from '@ritz/records';
import { expect, it } from 'vitest';
import { enginePartsOf } from './engine.ts';

it.each([
  ['onnx-webgpu', 'onnxruntime', 'webgpu', null],
  ['pytorch-2.6.0+cpu', 'pytorch', null, '2.6.0+cpu'],
  ['jax-0.4.31', 'jax', null, '0.4.31'],
  ['PyHessian', 'PyHessian', null, null],
  ['by-hand', 'by-hand', null, null],
  ['-1', '-1', null, null],
])('%s', (name, library, provider, version) => {
  expect(enginePartsOf(name)).toEqual({ library, provider, version });
});

it('knows every engine of Ritz', () => {
  expect(engineNames.map((name) => enginePartsOf(name).provider)).not.toContain(null);
});
