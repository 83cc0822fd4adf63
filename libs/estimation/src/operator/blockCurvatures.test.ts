/** The diagonal blocks of every operator, measured together, against those of the matrix made dense. */
import { lanczos } from '@ritz/lanczos';
import { relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { parameterBlocks, type BlockSelection } from '../model/parameterBlocks.ts';
import { netCases, type NetCase } from '../testing/netFixture.ts';
import { blockCurvatures } from './blockCurvatures.ts';
import { createCurvature } from './createCurvature.ts';

const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
afterAll(async () => (await engine).close());

function named(name: string): NetCase {
  const found = netCases().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no fixture is named ${name}`);
  return found;
}

describe.each(['attention', 'attention, fisher', 'attention, residual', 'squared error, gradient covariance'])(
  '%s',
  (name) => {
    it('has the blocks of its layers, asked for in any number and order', async () => {
      const { options } = named(name);
      const whole = await createCurvature({ ...options, engine: await engine });
      const blocks = blockCurvatures(whole, options.model, parameterBlocks(options.model, 'layers'));
      expect(blocks.reduce((sum, { dimension }) => sum + dimension, 0)).toBe(whole.dimension);
      const random = (length: number, seed: number) => Float64Array.from({ length }, (_, i) => Math.sin(seed + i * i));
      const products = await Promise.all(
        [...blocks].reverse().map(({ apply, dimension }, at) => apply(random(2 * dimension, at), 2)),
      );
      for (const [at, { block, dimension, gradient }] of [...blocks].reverse().entries()) {
        const names = block.parameters.map((parameter) => parameter.name);
        const alone = await createCurvature({ ...options, engine: await engine, block: names });
        expect(alone.dimension).toBe(dimension);
        const expected = await alone.apply(random(2 * dimension, at), 2);
        // Absolute: the residual of the last layer is zero.
        expected.forEach((value, i) => expect(Math.abs(value - (products[at]?.[i] ?? NaN))).toBeLessThan(1e-13));
        expect(relativeError(await gradient(), await alone.gradient())).toBeLessThan(1e-15);
        await alone.release();
      }
      await whole.release();
    });
  },
);

describe('blocks that are measured together', () => {
  it('share their products, and those that end early hold up no other', async () => {
    const { options } = named('squared error');
    const whole = await createCurvature({ ...options, engine: await engine });
    const asked: number[] = [];
    const counted = {
      ...whole,
      apply: (vectors: Float64Array | Float32Array, k: number) => (asked.push(k), whole.apply(vectors, k)),
    };
    const blocks = blockCurvatures(counted, options.model, parameterBlocks(options.model, 'tensors'));
    const measured = await Promise.all(
      blocks.map((block) =>
        lanczos(block, { steps: 5, probes: 2, seed: 1, precision: 'float64' }).finally(() => block.finish()),
      ),
    );
    expect(measured.map(({ probes }) => probes.length)).toEqual(blocks.map(() => 2));
    expect(asked[0]).toBe(2 * blocks.length);
    expect(asked.length).toBeLessThanOrEqual(5);
    await whole.release();
  });

  it('all fail where the product fails', async () => {
    const { options } = named('squared error');
    const whole = await createCurvature({ ...options, engine: await engine });
    const broken = { ...whole, apply: () => Promise.reject(new Error('out of memory')) };
    const blocks = blockCurvatures(broken, options.model, parameterBlocks(options.model, 'layers'));
    const products = await Promise.allSettled(
      blocks.map(({ apply, dimension }) => apply(new Float64Array(dimension), 1)),
    );
    expect(products.map(({ status }) => status)).toEqual(blocks.map(() => 'rejected'));
    await whole.release();
  });
});

describe('parameterBlocks', () => {
  const { model } = named('attention').options;
  it('takes patterns, several for a block', () => {
    const blocks = parameterBlocks(named('squared error').options.model, {
      first: 'dense0.*',
      rest: ['*1.weight', 'dense1.bias'],
    });
    expect(blocks.map(({ name, parameters }) => [name, parameters.map((parameter) => parameter.name)])).toEqual([
      ['first', ['dense0.weight', 'dense0.bias']],
      ['rest', ['dense1.weight', 'dense1.bias']],
    ]);
  });

  it.each<[BlockSelection, string]>([
    [
      { mlp: 'nothing.*' },
      'blocks.mlp: expected a pattern of parameters, got "nothing.*", which matches none; Attention has ',
    ],
    [{ one: '*', two: '*' }, 'blocks: expected blocks without a parameter in common, got "'],
    [{ all: '*' }, 'blocks: expected the name of a group of parameters, got "all".'],
    [{}, 'blocks: expected at least one block, got none.'],
    [{ empty: [] }, 'blocks.empty: expected at least one pattern, got none.'],
  ])('refuses %j', (selection, message) => {
    expect(() => parameterBlocks(model, selection)).toThrow(message);
  });
});
