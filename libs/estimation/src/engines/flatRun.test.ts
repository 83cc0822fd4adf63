import { sharedFloatArray, type FloatArray } from '@ritz/lanczos';
import { describe, expect, it } from 'vitest';
import type { FlatPass } from './FlatPass.ts';
import { abandon, addOutputs, cutVectors, runOnTensors } from './flatRun.ts';

/** Two vectors of a tensor [2] and a tensor [1, 1]. */
function passOf(options: { readonly runs: number; readonly decay?: readonly number[] }): FlatPass {
  const vectors = sharedFloatArray('float32', 6);
  vectors.set([1, 2, 3, 4, 5, 6]);
  return {
    id: 0,
    k: 2,
    shapes: [[2], [1, 1]],
    vectors,
    result: sharedFloatArray('float32', 6),
    decay: options.decay ? Float64Array.from(options.decay) : null,
    runs: options.runs,
    sums: options.runs > 1 || options.decay ? (sharedFloatArray('float64', 6) as Float64Array) : null,
    turn: new Int32Array(new SharedArrayBuffer(4)),
  };
}

describe('a pass over flat vectors', () => {
  it('cuts them into tensors', () => {
    const target = new Float32Array(6);
    cutVectors(passOf({ runs: 1 }), target);
    expect([...target]).toEqual([1, 2, 4, 5, 3, 6]);
  });

  it("puts the weighted outputs of a single run in the place of the vectors' entries", () => {
    const pass = passOf({ runs: 1 });
    addOutputs({ pass, position: 0, weight: 0.5 }, Float32Array.of(10, 20, 40, 50, 30, 60));
    expect([...pass.result]).toEqual([5, 10, 15, 20, 25, 30]);
  });

  it('sums in float64 and rounds once', () => {
    const pass = passOf({ runs: 3 });
    const outputs = [1, 2 ** -24, 2 ** -24].map((value) => new Float32Array(6).fill(value));
    outputs.forEach((output, position) => addOutputs({ pass, position, weight: 1 }, output));
    expect([...pass.result]).toEqual(new Array(6).fill(1 + 2 ** -23));
  });

  it('adds weight decay', () => {
    for (const runs of [1, 2]) {
      const pass = passOf({ runs, decay: [1, 10, 100] });
      for (let position = 0; position < runs; position++) {
        addOutputs({ pass, position, weight: 1 / runs }, new Float32Array(6).fill(1));
      }
      expect([...pass.result]).toEqual([2, 21, 301, 5, 51, 601]);
    }
  });

  it('leaves a run out that waits for one that failed', () => {
    const pass = passOf({ runs: 2 });
    abandon(pass);
    addOutputs({ pass, position: 1, weight: 1 }, new Float32Array(6).fill(1));
    expect([...pass.result]).toEqual(new Array(6).fill(0));
  });

  it('runs a program of tensors', async () => {
    const pass = passOf({ runs: 1 });
    await runOnTensors({ pass, position: 0, weight: 1 }, (feeds) => {
      expect(feeds).toEqual({
        direction0: { shape: [2, 2], data: Float32Array.of(1, 2, 4, 5) },
        direction1: { shape: [2, 1, 1], data: Float32Array.of(3, 6) },
      });
      const doubled = (name: string): FloatArray => (feeds[name]?.data as FloatArray).map((value) => 2 * value);
      return Promise.resolve({
        product0: { shape: [2, 2], data: doubled('direction0') },
        product1: { shape: [2, 1, 1], data: doubled('direction1') },
      });
    });
    expect([...pass.result]).toEqual([2, 4, 6, 8, 10, 12]);
  });
});
