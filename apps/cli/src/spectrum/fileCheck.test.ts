/** What a file says of its own loss and gradient, and what is measured of it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type Engine } from '@ritz/estimation';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyBytes } from '../testing/npy.ts';
import { outputWarnings } from './checkOutputs.ts';
import { curvatureOf } from './curvature.ts';
import { digestOf, requireChecked } from './fileCheck.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import { loadProblem, type ProblemOptions } from './loadProblem.ts';

const fixtures = fileURLToPath(new URL('../../../../tools/fixtures/onnx/', import.meta.url));
const model = path.join(fixtures, 'classifier.onnx');
const files = {
  data: path.join(fixtures, 'classifier-inputs.npy'),
  labels: path.join(fixtures, 'classifier-labels.npy'),
};

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

const tensors = [
  { name: '0.weight', shape: [8, 5] },
  { name: '0.bias', shape: [8] },
  { name: '2.weight', shape: [3, 8] },
  { name: '2.bias', shape: [3] },
];

/** A field of bytes of a protocol buffer, shorter than 2^14. */
function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, (bytes.length & 0x7f) | 0x80, bytes.length >> 7]), bytes]);
}

/** The classifier with metadata appended, as ritz.export_onnx appends them. */
async function described(
  settings: object,
  source: Pick<ProblemOptions, 'freeze'> = { freeze: [] },
): Promise<LoadedProblem> {
  const file = path.join(await temporaryFolder(), 'model.onnx');
  const { inputs, targets } = await loadProblem({ model, ...files, freeze: [] });
  const shapes = (await loadProblem({ model, ...files, freeze: [] })).trained.model.parameters;
  const parameters = tensors.map(({ name }, position) => {
    const shape = shapes[position]?.shape ?? [];
    return { name, shape, requiresGrad: true, initialiser: name };
  });
  const text = JSON.stringify({ version: 1, parameters, ...settings }).replace(
    '"DIGEST"',
    `"${digestOf([inputs, targets])}"`,
  );
  const entry = Buffer.concat([field(1, Buffer.from('ritz.network')), field(2, Buffer.from(text))]);
  await fs.writeFile(file, Buffer.concat([await fs.readFile(model), field(14, entry)]));
  return loadProblem({ model: file, ...files, ...source });
}

const said = { loss: { kind: 'cross-entropy', labelSmoothing: 0.1 } };

async function outcome(check: { loss: number; gradientNorm: number }): Promise<string> {
  const problem = await described({ ...said, check: { ...check, precision: 'float64', digest: 'DIGEST' } });
  const curvature = await curvatureOf(engine, problem, { operator: 'hessian' });
  try {
    if (!problem.check) return 'not checked';
    return await requireChecked('m.onnx', problem.check, curvature, engine).then(
      () => 'right',
      (error: unknown) => String(error),
    );
  } finally {
    await curvature.release();
  }
}

describe('a file that says what its network computes', () => {
  it('gives the loss that is left out, and is refused where it computes something else', async () => {
    const problem = await described(said);
    expect(problem.loss).toEqual({ kind: 'softmaxCrossEntropy', labelSmoothing: 0.1 });
    const curvature = await curvatureOf(engine, problem, { operator: 'hessian' });
    const loss = await curvature.loss();
    const gradientNorm = Math.hypot(...(await curvature.gradient()));
    await curvature.release();
    expect(await outcome({ loss, gradientNorm })).toBe('right');
    expect(await outcome({ loss: loss * 1.001, gradientNorm })).toMatch(
      /m\.onnx: expected a loss of .*, as PyTorch computes/,
    );
    expect(await outcome({ loss, gradientNorm: gradientNorm * 1.001 })).toMatch(/expected a norm of the gradient of/);
  });

  it('says nothing of other examples, of another loss and of other parameters', async () => {
    const check = { loss: 1, gradientNorm: 1, precision: 'float64', digest: 'DIGEST' };
    expect((await described({ ...said, check })).check).not.toBeNull();
    expect((await described({ ...said, check: { ...check, digest: 'other' } })).check).toBeNull();
    expect((await described({ ...said, check }, { freeze: ['0.bias'] })).check).toBeNull();
    await expect(described({ loss: { kind: 'hinge' } })).rejects.toThrow('expected a loss that is known, got "hinge"');
  });
});

describe('outputs', () => {
  it('that are no log-probabilities are said to be none', async () => {
    const nll = await loadProblem({ model, ...files, loss: 'nll', freeze: [] });
    expect((await outputWarnings(engine, nll)).join()).toMatch('The outputs are not log-probabilities');
    const crossEntropy = await loadProblem({ model, ...files, freeze: [] });
    expect(await outputWarnings(engine, crossEntropy)).toEqual([]);
  });

  it('are told what they are where that is not recognised', async () => {
    const folder = await temporaryFolder();
    const targets = path.join(folder, 'targets.npy');
    await fs.writeFile(targets, npyBytes('<f4', [20, 3], new Array<number>(60).fill(0.5)));
    const binary = await loadProblem({ model, ...files, labels: targets, loss: 'binary-cross-entropy', freeze: [] });
    expect(await outputWarnings(engine, binary)).toEqual([]);
    const told = await loadProblem({ model, ...files, outputs: 'probabilities', freeze: [] });
    expect((await outputWarnings(engine, told)).join()).toMatch('The outputs are not probabilities');
  });
});
