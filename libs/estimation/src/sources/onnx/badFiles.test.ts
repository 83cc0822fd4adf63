import { describe, expect, it } from 'vitest';
import { onnxModel, type HandModel } from '../../testing/onnxModel.ts';
import { networkKey } from './metadata.ts';
import { readOnnx, type OnnxOptions } from './readOnnx.ts';

const w = { shape: [2, 3], values: [1, 2.5, 3, 4, 5.5, 6] } as const;
const product = { op: 'MatMul', name: 'dense', inputs: ['x', 'w'], outputs: ['y'] } as const;
const sound: HandModel = { input: [null, 2], weights: { w }, nodes: [product] };

function withMetadata(metadata: object): Partial<HandModel> {
  return { properties: { [networkKey]: JSON.stringify({ version: 1, ...metadata }) } };
}

const dense = { name: 'dense.weight', shape: [2, 3], requiresGrad: true, initialiser: 'w' } as const;

describe('files that are refused with one sentence', () => {
  it.each<[string, Partial<HandModel>, OnnxOptions, RegExp]>([
    [
      'a cycle',
      {
        nodes: [
          { op: 'Add', name: 'first', inputs: ['x', 'b'], outputs: ['a'] },
          { op: 'Add', name: 'second', inputs: ['a', 'x'], outputs: ['b'] },
          { ...product, inputs: ['b', 'w'] },
        ],
      },
      {},
      /expected no cycles, got one through Add "first", Add "second"\./,
    ],
    [
      'a tensor of 10^12 elements in a few bytes',
      { weights: { w: { shape: [1e6, 1e6], values: [1] } } },
      {},
      /Tensor "w" of the ONNX file holds 1 numbers, but its shape is \[1000000, 1000000\]/,
    ],
    [
      'a constant of 10^12 elements',
      {
        shapes: { large: [1e6, 1e6] },
        nodes: [
          { op: 'ConstantOfShape', name: 'fill', inputs: ['large'], outputs: ['c'] },
          { op: 'Add', inputs: ['x', 'c'], outputs: ['a'] },
          { ...product, inputs: ['a', 'w'] },
        ],
      },
      {},
      /ConstantOfShape "fill": expected a constant of at most 268435456 elements, got 1000000000000/,
    ],
    [
      'weights that are NaN',
      { weights: { w: { ...w, values: [1, NaN, 3, 4, 5, 6] } } },
      {},
      /element 1 of "w" \[2, 3\] is NaN/,
    ],
    [
      'quantised weights',
      {
        nodes: [
          { op: 'DequantizeLinear', name: 'weights', inputs: ['w', 'w'], outputs: ['v'] },
          { ...product, inputs: ['x', 'v'] },
        ],
      },
      {},
      /DequantizeLinear "weights" .*it computes with quantised numbers; export the network before its quantisation/,
    ],
    [
      'a pattern that matches nothing',
      {},
      { freeze: ['encoder.*'] },
      /freeze: "encoder\.\*" matches no tensor of the file; it has w\./,
    ],
    ['parameters that are not there', {}, { parameters: ['v'] }, /parameters: "v" matches no tensor of the file/],
    ['rows that are not there', {}, { freeze: ['w[2]'] }, /freeze: "w\[2\]": expected rows 0 to 1, got 2\./],
    ['rows that are none', {}, { freeze: ['w[2:1]'] }, /expected rows such as \[0\] or \[0:4\]/],
    ['metadata that is no JSON', { properties: { [networkKey]: '{' } }, {}, /metadata\.ritz\.network: expected JSON/],
    [
      'metadata of a later version',
      withMetadata({ version: 2, parameters: [] }),
      {},
      /metadata\.ritz\.network\.version/,
    ],
    [
      'metadata of a tensor that is not there',
      withMetadata({ parameters: [{ ...dense, initialiser: 'v' }] }),
      {},
      /metadata ritz\.network: parameter "dense\.weight": the file has no initialiser "v"/,
    ],
    [
      'metadata of another shape',
      withMetadata({ parameters: [{ ...dense, shape: [3, 2] }] }),
      {},
      /expected initialiser "w" of shape \[3, 2\], got \[2, 3\]/,
    ],
    [
      'metadata that names a tensor twice',
      withMetadata({ parameters: [dense, { ...dense, name: 'other.weight' }] }),
      {},
      /parameter "other\.weight": initialiser "w" is also "dense\.weight"/,
    ],
    [
      'metadata that calls a parameter a buffer',
      withMetadata({ parameters: [dense], buffers: [{ name: 'b', shape: [2, 3], initialiser: 'w' }] }),
      {},
      /buffer "b": its initialiser "w" is a parameter too/,
    ],
    [
      'metadata of rows that are not there',
      withMetadata({ parameters: [{ ...dense, frozenRows: [7] }] }),
      {},
      /parameter "dense\.weight": it has no row 7/,
    ],
  ])('%s', (_, changes, options, message) => {
    expect(() => readOnnx(onnxModel({ ...sound, ...changes }), options)).toThrow(message);
  });

  it('sorts nodes that stand in another order', () => {
    const nodes = [
      { ...product, inputs: ['a', 'w'] },
      { op: 'Tanh', inputs: ['x'], outputs: ['a'] },
    ];
    expect(readOnnx(onnxModel({ ...sound, nodes, outputs: ['y'] })).model.parameters).toHaveLength(1);
  });
});
