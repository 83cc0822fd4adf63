import { relativeError } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { createCurvature } from '../operator/createCurvature.ts';
import { createEngine, engineNames } from './createEngine.ts';
import { knownProduct, smallNet } from './check/smallNet.ts';
import { checkEngines } from './checkEngines.ts';

describe('checkEngines', () => {
  it('tries every engine; each works as the reference says, or one line says why not', async () => {
    const checks = await checkEngines();
    expect(checks.map(({ engine }) => engine)).toEqual(engineNames);
    for (const { engine, usable, reason, milliseconds, relativeError } of checks) {
      if (usable) {
        expect(reason).toBeNull();
        expect(milliseconds).toBeGreaterThan(0);
        expect(relativeError, engine).toBeLessThan(1e-5);
      } else {
        expect(reason, engine).toMatch(/^[^\n]{10,450}$/);
        expect(reason).not.toContain(`Engine ${engine}`);
      }
    }
    const usable = checks.filter((check) => check.usable).map(({ engine }) => engine);
    expect(usable).toEqual(expect.arrayContaining(['onnx-cpu', 'tfjs-wasm']));
  });

  it('says which package to install for one that is missing', async () => {
    const [check] = await checkEngines({ engines: ['tfjs-webgpu'] });
    expect(check?.reason).toBe(
      'it is not installed. Install it with `npm install --ignore-scripts=false @tensorflow/tfjs-backend-webgpu@4.22.0 webgpu@0.6.2`; ' +
        'needed: a GPU with a Vulkan, Metal or Direct3D driver.',
    );
  });

  it('does not wait for an engine longer than the time limit', async () => {
    const [check] = await checkEngines({ engines: ['onnx-cpu'], timeLimit: 1 });
    expect(check).toEqual({
      engine: 'onnx-cpu',
      usable: false,
      reason: 'it gave no answer within 0.001 s',
      milliseconds: null,
      relativeError: null,
    });
  });
});

it('the known product is what float64 computes', async () => {
  const engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
  const { vector, ...net } = smallNet();
  const hessian = await createCurvature({ ...net, engine });
  expect(relativeError(await hessian.apply(vector, 1), knownProduct)).toBeLessThan(1e-12);
  await engine.close();
});
