/** Which output and which inputs are read, and what the outputs are. */
import { describe, expect, it } from 'vitest';
import { onnxModel, type HandModel, type HandNode } from '../../testing/onnxModel.ts';
import { openOnnx, readOnnx } from './readOnnx.ts';

const w = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] };
const product: HandNode = { op: 'MatMul', inputs: ['x', 'w'], outputs: ['logits'] };

function model(changes: Partial<HandModel> & { nodes: readonly HandNode[] }): Uint8Array {
  return onnxModel({ input: [null, 2], weights: { w }, ...changes });
}

describe('outputs', () => {
  const two = model({
    nodes: [product, { op: 'Tanh', inputs: ['logits'], outputs: ['features'] }],
    outputs: ['features', 'logits'],
  });

  it('are named where there are several', () => {
    expect(() => readOnnx(two)).toThrow(
      'output: expected the output that the loss is of, one of "features", "logits"; got none.',
    );
    expect(() => readOnnx(two, { output: 'y' })).toThrow('one of "features", "logits"; got "y".');
    expect(readOnnx(two, { output: 'logits' }).output).toBe('logits');
  });
});

describe('inputs', () => {
  const masked = model({
    indices: { mask: [null, 2], unused: [null] },
    nodes: [
      { op: 'Cast', inputs: ['mask'], outputs: ['m'], integers: { to: 1 } },
      { op: 'Mul', inputs: ['x', 'm'], outputs: ['xm'] },
      { ...product, inputs: ['xm', 'w'] },
    ],
  });

  it('are those that the output depends on', () => {
    expect(
      openOnnx(masked)
        .inputsOf(undefined)
        .map(({ name }) => name),
    ).toEqual(['x', 'mask']);
  });

  it('are fed by name beside the first', () => {
    expect(() => readOnnx(masked)).toThrow(
      'otherInputs: expected values for every input beside "x", got none for "mask", integers [any, 2].',
    );
    expect(() => readOnnx(masked, { otherInputs: { unused: [] } })).toThrow('got "unused".');
    const { model: read } = readOnnx(masked, { otherInputs: { mask: [2] } });
    expect(read.inputShape).toEqual([2]);
    expect(read.otherInputs).toEqual([{ name: 'mask', shape: [2], type: 'int' }]);
    expect(readOnnx(masked, { otherInputs: { x: [2] } }).model.inputType).toBe('int');
  });
});

describe('the activation at the end', () => {
  const softmax = (axis: number): HandNode => ({
    op: 'Softmax',
    inputs: ['logits'],
    outputs: ['p'],
    integers: { axis },
  });
  const input = [null, 4, 2];

  it.each<[string, readonly HandNode[], number | null]>([
    ['as it is', [softmax(-1)], 2],
    ['transposed', [softmax(-1), { op: 'Transpose', inputs: ['p'], outputs: ['y'], integers: { perm: [0, 2, 1] } }], 1],
    ['behind an identity', [softmax(1), { op: 'Identity', inputs: ['p'], outputs: ['y'] }], 1],
    ['with an axis more', [softmax(2), { op: 'Reshape', inputs: ['p', 'long'], outputs: ['y'] }], 3],
  ])('%s', (_, nodes, axis) => {
    const file = model({ input, shapes: { long: [-1, 1, 4, 3] }, nodes: [product, ...nodes] });
    expect(readOnnx(file).ending).toEqual({ activation: 'softmax', axis });
    const { finalActivationRemoved, model: cut } = readOnnx(file, { withoutFinal: 'softmax' });
    expect(finalActivationRemoved).toBe(true);
    expect(cut.parameters).toHaveLength(1);
  });

  it('is none where something is computed behind it', () => {
    const file = model({ input, nodes: [product, softmax(-1), { op: 'Exp', inputs: ['p'], outputs: ['y'] }] });
    expect(readOnnx(file).ending).toBeNull();
  });

  it('of an old file adds up over all axes from its own on', () => {
    const file = model({ opset: 11, input, nodes: [product, softmax(1)] });
    expect(readOnnx(file).ending).toEqual({ activation: 'softmax', axis: null });
  });
});
