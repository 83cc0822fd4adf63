import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onnxFile } from '../../testing/onnxFixture.ts';
import { onnxModel, type HandModel } from '../../testing/onnxModel.ts';
import { loadOnnx } from './loadOnnx.ts';
import { readOnnx, type OnnxOptions } from './readOnnx.ts';

const dense = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] } as const;
const product = { op: 'MatMul', name: 'dense', inputs: ['x', 'w'], outputs: ['y'] } as const;

function names({ parameters, buffers }: ReturnType<typeof readOnnx>['model']): Record<string, string[]> {
  return { parameters: parameters.map(({ name }) => name), buffers: buffers.map(({ name }) => name) };
}

describe('the roles of initialisers', () => {
  it('splits tensors of equal elements that an exporter stored once, and keeps tied ones', () => {
    const { model, parameters } = readOnnx(
      onnxModel({
        input: [null, 2],
        weights: { one: { shape: [2], values: [1, 1] }, tied: { shape: [2], values: [1, 2] } },
        nodes: [
          { op: 'Mul', name: 'first', inputs: ['x', 'one'], outputs: ['a'] },
          { op: 'Mul', name: 'second', inputs: ['a', 'one'], outputs: ['b'] },
          { op: 'Identity', name: 'copy', inputs: ['one'], outputs: ['third.scale'] },
          { op: 'Mul', name: 'third', inputs: ['b', 'third.scale'], outputs: ['c'] },
          { op: 'Add', name: 'fourth', inputs: ['c', 'tied'], outputs: ['d'] },
          { op: 'Identity', name: 'alias', inputs: ['tied'], outputs: ['again'] },
          { op: 'Add', name: 'fifth', inputs: ['d', 'again'], outputs: ['y'] },
        ],
      }),
    );
    expect(names(model).parameters).toEqual(['one', 'one (second, input 1)', 'third.scale', 'tied']);
    expect([...parameters]).toEqual([1, 1, 1, 1, 1, 1, 1, 2]);
  });

  it('takes running statistics for buffers, single numbers and masks for constants', () => {
    const { model, batchNorm } = readOnnx(
      onnxModel({
        input: [null, 2],
        weights: {
          scale: { shape: [2], values: [1, 2] },
          shift: { shape: [2], values: [3, 4] },
          mean: { shape: [2], values: [5, 6] },
          variance: { shape: [2], values: [7, 8] },
          half: { shape: [], values: [0.5] },
          mask: { shape: [2], values: [0, -Infinity] },
        },
        nodes: [
          { op: 'BatchNormalization', inputs: ['x', 'scale', 'shift', 'mean', 'variance'], outputs: ['a'] },
          { op: 'Mul', inputs: ['a', 'half'], outputs: ['b'] },
          { op: 'Add', inputs: ['b', 'mask'], outputs: ['y'] },
        ],
      }),
    );
    expect(names(model)).toEqual({ parameters: ['scale', 'shift'], buffers: ['mean', 'variance'] });
    expect(batchNorm).toBe('running');
  });

  it('finds the statistics of a batch norm behind nodes that change nothing', () => {
    const { model } = readOnnx(
      onnxModel({
        input: [null, 2],
        weights: Object.fromEntries(
          ['scale', 'shift', 'mean', 'variance'].map((name, i) => [name, { shape: [2], values: [i, 1 + i] }]),
        ),
        nodes: [
          ...['scale', 'shift', 'mean', 'variance'].flatMap((name) => [
            { op: 'Shape', inputs: [name], outputs: [`${name} shape`] },
            { op: 'Expand', inputs: [name, `${name} shape`], outputs: [`${name} wide`] },
            { op: 'CastLike', inputs: [`${name} wide`, name], outputs: [`${name} cast`] },
          ]),
          {
            op: 'BatchNormalization',
            inputs: ['x', 'scale cast', 'shift cast', 'mean cast', 'variance cast'],
            outputs: ['y'],
          },
        ],
      }),
    );
    expect(names(model)).toEqual({ parameters: ['scale', 'shift'], buffers: ['mean', 'variance'] });
  });

  it('leaves off a final softmax on request', () => {
    const file: HandModel = {
      input: [null, 2],
      weights: { w: dense },
      nodes: [
        { ...product, outputs: ['logits'] },
        { op: 'Softmax', inputs: ['logits'], outputs: ['y'] },
      ],
    };
    expect(readOnnx(onnxModel(file), { withoutFinal: 'softmax' }).finalActivationRemoved).toBe(true);
    expect(readOnnx(onnxModel(file), { withoutFinal: 'sigmoid' }).finalActivationRemoved).toBe(false);
    expect(readOnnx(onnxModel(file)).finalActivationRemoved).toBe(false);
  });

  it('reads a file that was exported for one size of batch, where its reshapes can be made for another', () => {
    const { model } = readOnnx(
      onnxModel({
        input: [4, 2],
        weights: { w: dense },
        shapes: { flat: [4, -1] },
        nodes: [
          { ...product, outputs: ['a'] },
          { op: 'Reshape', inputs: ['a', 'flat'], outputs: ['y'] },
        ],
      }),
    );
    expect(model.inputShape).toEqual([2]);
  });
});

describe('files that cannot be read', () => {
  const correct: HandModel = { input: [null, 2], weights: { w: dense }, nodes: [product] };

  it.each<[string, Partial<HandModel>, OnnxOptions, RegExp]>([
    ['an old opset', { opset: 7 }, {}, /expected an opset of 9 to 28, got 7\. Export the model again/],
    [
      'an operator of fixed values that depends on the data',
      {
        nodes: [
          { op: 'NonZero', name: 'find', inputs: ['x'], outputs: ['a'] },
          { ...product, inputs: ['a', 'w'] },
        ],
      },
      {},
      /^NonZero "find": it is supported for values that are fixed, but its inputs depend on the data/,
    ],
    [
      'an operator without derivative rules, behind the parameters',
      {
        nodes: [
          { ...product, outputs: ['a'] },
          { op: 'Unique', name: 'sorted', inputs: ['a'], outputs: ['y'] },
        ],
      },
      {},
      /without derivative rules\. Unique "sorted" \(between the parameters and the output\): the size of its result depends/,
    ],
    [
      'an operator without derivative rules, before the parameters',
      {
        nodes: [
          { op: 'Bernoulli', inputs: ['x'], outputs: ['a'] },
          { ...product, inputs: ['a', 'w'] },
        ],
      },
      {},
      /Bernoulli "Bernoulli" \(computed from the data alone, .*\): it draws random numbers; export the network in evaluation mode/,
    ],
    [
      'an operator of another domain',
      { nodes: [{ ...product, op: 'FusedMatMul', domain: 'com.microsoft' }] },
      {},
      /com\.microsoft\.FusedMatMul "dense"/,
    ],
    [
      'shapes that do not fit',
      { input: [null, 5] },
      {},
      /^MatMul "dense": matmul: \[2, 5\] · \[2, 3\]: the inner lengths/,
    ],
    ['a length that is left open', { input: [null, null] }, {}, /takes examples of shape \[any\]: say which/],
    ['data of another shape', {}, { inputShape: [7] }, /takes examples of shape \[2\], not \[7\]/],
    ['a frozen name that is not there', {}, { freeze: ['v'] }, /freeze: "v" matches no tensor of the file; it has w\./],
    [
      'a tensor that is too short',
      { weights: { w: { shape: [2, 3], values: [1] } } },
      {},
      /"w" .*holds 1 numbers.*\[2, 3\]/,
    ],
    [
      'no parameters',
      { nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }] },
      {},
      /has no parameters .*Export it with export_params/,
    ],
    ['nothing left to differentiate', {}, { freeze: ['w'] }, /no parameters once these are frozen: w\. Leave one/],
    [
      'weights that are not in the file',
      { weights: {} },
      {},
      /^MatMul "dense": its input "w" is not made by any node and not stored in the file/,
    ],
    [
      'an input that no node makes',
      {
        nodes: [
          { ...product, outputs: ['a'] },
          { op: 'Add', inputs: ['a', 'lost'], outputs: ['y'] },
        ],
      },
      {},
      /"lost" is not made by any node/,
    ],
    [
      'a fixed batch',
      {
        input: [4, 2],
        shapes: { flat: [12] },
        nodes: [
          { ...product, outputs: ['a'] },
          { op: 'Reshape', name: 'view', inputs: ['a', 'flat'], outputs: ['y'] },
        ],
      },
      {},
      /computes with batches of 4 only.*dynamic first axis/,
    ],
  ])('%s', (_, changes, options, message) => {
    expect(() => readOnnx(onnxModel({ ...correct, ...changes }), options)).toThrow(message);
  });

  it('a folder', async () => {
    const folder = os.tmpdir();
    await expect(loadOnnx(folder)).rejects.toThrow(`${folder} cannot be read: it is a folder; expected a file.`);
  });

  it('bytes that are no model', () => {
    expect(() => readOnnx(new Uint8Array())).toThrow(/This is not an ONNX model/);
    expect(() => readOnnx(Uint8Array.of(1, 2, 3, 255))).toThrow(/This is not an ONNX model/);
    expect(() => readOnnx(onnxFile('vgg').subarray(0, 900))).toThrow(/This is not an ONNX model/);
  });
});

describe('tensors outside of the file', () => {
  function saved(location: string, values: readonly number[] | null): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'onnx-'));
    onTestFinished(() => fs.rmSync(directory, { recursive: true }));
    const file = path.join(directory, 'net.onnx');
    const external = { w: { shape: [2, 3], location } };
    fs.writeFileSync(file, onnxModel({ input: [null, 2], external, nodes: [product] }));
    if (values) fs.writeFileSync(path.join(directory, location), new Uint8Array(Float32Array.from(values).buffer));
    return file;
  }

  it('are read from the file next to it', async () => {
    const { model, parameters } = await loadOnnx(saved('net.onnx.data', [1, 2, 3, 4, 5, 6]));
    expect(model.name).toBe('net');
    expect([...parameters]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are named when they are missing, too short or elsewhere', async () => {
    await expect(loadOnnx(saved('net.data', null))).rejects.toThrow(
      /net\.onnx keeps tensors elsewhere: .*net\.data cannot be read: no such file\. Put that file beside/,
    );
    await expect(loadOnnx(saved('net.data', [1, 2]))).rejects.toThrow(/net\.onnx: Tensor "w" .*holds 2 numbers/);
    await expect(loadOnnx(saved('../net.data', null))).rejects.toThrow(/"\.\.\/net\.data", outside of its own folder/);
  });
});
