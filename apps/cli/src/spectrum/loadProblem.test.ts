import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadProblem } from './loadProblem.ts';
import type { SpectrumOptions } from './options.ts';

const folder = fileURLToPath(new URL('../../../../tools/fixtures/onnx/', import.meta.url));
const model = path.join(folder, 'classifier.onnx');
const inputs = path.join(folder, 'classifier-inputs.npy');
const labels = path.join(folder, 'classifier-labels.npy');
/** numpy pads the header to this. */
const elementsFrom = 128;

function optionsWith(changes: Partial<SpectrumOptions>): SpectrumOptions {
  return {
    model,
    data: inputs,
    labels,
    loss: 'cross-entropy',
    operator: 'hessian',
    steps: 90,
    probes: 10,
    seed: 0,
    engine: 'auto',
    freeze: [],
    url: 'http://127.0.0.1:4000',
    project: 'default',
    step: 0,
    ...changes,
  };
}

/** A copy of a file with some bytes changed. */
function changed(source: string, change: (bytes: Buffer) => void): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-problem-'));
  onTestFinished(() => fs.rmSync(directory, { recursive: true }));
  const bytes = fs.readFileSync(source);
  change(bytes);
  const file = path.join(directory, path.basename(source));
  fs.writeFileSync(file, bytes);
  return file;
}

/** The header keeps its length. */
function header(source: string, from: string, to: string): string {
  return changed(source, (bytes) => bytes.write(to.padEnd(from.length), bytes.indexOf(from), 'latin1'));
}

describe('loadProblem', () => {
  it('takes class indices for cross-entropy', async () => {
    const problem = await loadProblem(optionsWith({}));
    expect(problem.examples).toBe(20);
    expect(problem.outputs).toEqual([20, 3]);
    expect(problem.loss).toEqual({ kind: 'softmaxCrossEntropy' });
    expect(problem.targets).toBeInstanceOf(Int32Array);
    expect(problem.batchNorm).toBeNull();
  });

  it('takes probabilities for cross-entropy, and numbers for the squared error', async () => {
    const soft = header(inputs, '(20, 5)', '(20, 3)');
    const cut = changed(soft, (bytes) => {
      for (let i = 0; i < 60; i++) bytes.writeFloatLE(i % 3 === 0 ? 1 : 0, elementsFrom + 4 * i);
    });
    fs.truncateSync(cut, elementsFrom + 20 * 3 * 4);
    const crossEntropy = await loadProblem(optionsWith({ labels: cut }));
    expect(crossEntropy.loss).toEqual({ kind: 'softmaxCrossEntropy', targets: 'probabilities' });
    const doubled = changed(cut, (bytes) => bytes.writeFloatLE(1, elementsFrom + 4 * (3 * 6 + 1)));
    await expect(loadProblem(optionsWith({ labels: doubled }))).rejects.toThrow(
      'expected probabilities that add up to 1 for --loss cross-entropy, got a sum of 2 in row 6, elements 0 to 2.',
    );
    const squared = await loadProblem(optionsWith({ labels: cut, loss: 'mean-squared-error' }));
    expect(squared.loss).toEqual({ kind: 'meanSquaredError' });
    expect([...squared.targets.slice(0, 3)]).toEqual([1, 0, 0]);
  });

  it('takes tokens, with a class for each of them', async () => {
    const tokens = header(labels, '(20,), } ', '(5, 4), }');
    const transformer = path.join(folder, 'transformer.onnx');
    const problem = await loadProblem(optionsWith({ model: transformer, data: tokens, labels: tokens }));
    expect(problem.trained.model.inputType).toBe('int');
    expect(problem.outputs).toEqual([5, 4, 7]);
    expect(problem.targets).toHaveLength(20);
    const perText = loadProblem(
      optionsWith({ model: transformer, data: tokens, labels: path.join(folder, 'resnet-labels.npy') }),
    );
    await expect(perText).rejects.toThrow(
      'expected class indices [N, 7] or [N, 4] for outputs [N, 4, 7], got shape [5].',
    );
    const unknown = changed(tokens, (bytes) => bytes.writeBigInt64LE(9n, elementsFrom + 6 * 8));
    await expect(loadProblem(optionsWith({ model: transformer, data: unknown }))).rejects.toThrow(
      'expected indices from 0 to 6, as the model takes, got 9 in row 1, element 2.',
    );
    const real = header(inputs, '(20, 5)', '(25, 4)');
    await expect(loadProblem(optionsWith({ model: transformer, data: real }))).rejects.toThrow(
      'expected integers, as the model takes, got real numbers.',
    );
  });

  it('turns frozen parameters into buffers', async () => {
    const { trained } = await loadProblem(optionsWith({ freeze: ['0.weight'] }));
    expect(trained.model.parameters.map(({ name }) => name)).toEqual(['0.bias', '2.weight', '2.bias']);
    expect(trained.model.buffers.map(({ name }) => name)).toEqual(['0.weight']);
  });

  it.each<[string, () => Partial<SpectrumOptions>, string | RegExp]>([
    ['missing data', () => ({ data: '/none/x.npy' }), '/none/x.npy cannot be read: no such file.'],
    ['a missing model', () => ({ model: '/none/m.onnx' }), '/none/m.onnx cannot be read: no such file.'],
    ['a file that is no model', () => ({ model: inputs }), 'classifier-inputs.npy: This is not an ONNX model'],
    [
      'a damaged model',
      () => ({ model: changed(model, (bytes) => bytes.fill(0xff, 40)) }),
      'classifier.onnx: This is not an ONNX model',
    ],
    ['a file that is no array', () => ({ data: model }), 'classifier.onnx: this is not a .npy file.'],
    [
      'labels out of range',
      () => ({ labels: changed(labels, (bytes) => bytes.writeBigInt64LE(7n, elementsFrom + 3 * 8)) }),
      'classifier-labels.npy: expected classes 0 to 2, as the model has, got 7 in row 3.',
    ],
    [
      'NaN in the data',
      () => ({ data: changed(inputs, (bytes) => bytes.writeFloatLE(Number.NaN, elementsFrom + (4 * 5 + 2) * 4)) }),
      'classifier-inputs.npy: expected finite numbers, got NaN in row 4, element 2.',
    ],
    [
      'data of another shape',
      () => ({ data: header(inputs, '(20, 5)', '(25, 4)') }),
      /do not fit the model.*takes examples of shape \[5\], not \[4\]/,
    ],
    [
      'integer data',
      () => ({ data: header(inputs, '<f4', '<i4') }),
      'expected real numbers, as the model takes, got integers.',
    ],
    ['real labels', () => ({ labels: header(labels, '<i8', '<f8') }), 'for --loss cross-entropy, got real numbers.'],
    [
      'too few labels',
      () => ({ labels: path.join(folder, 'resnet-labels.npy') }),
      'expected 20 rows, one for each example, got 5.',
    ],
    [
      'labels of another loss',
      () => ({ loss: 'mean-squared-error' }),
      'expected targets [N, 3] for --loss mean-squared',
    ],
    ['batch norm that is not there', () => ({ batchNorm: 'minibatch' }), 'has no batch norm to switch'],
    [
      'a parameter that is not there',
      () => ({ freeze: ['w'] }),
      'freeze: "w" matches no tensor of the file; it has 0.weight, 0.bias',
    ],
  ])('refuses %s', async (_, changes, message) => {
    await expect(loadProblem(optionsWith(changes()))).rejects.toThrow(message);
  });
});
