import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causalTransformer } from '../architecture/causalTransformer.ts';
import { makeArchitecture } from '../config/makeArchitecture.ts';
import { blobs } from '../testing/blobs.ts';
import { blobTraining, observeTraining } from '../testing/training.ts';
import { exampleCount } from './DataSet.ts';
import { loadText } from './text.ts';

let directory: string;
beforeAll(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-text-'));
});
afterAll(() => fs.rm(directory, { recursive: true }));

async function written(content: string | Uint8Array): Promise<string> {
  const file = path.join(directory, 'text.txt');
  await fs.writeFile(file, content);
  return file;
}

describe('loadText', () => {
  it('labels each character with the one that follows, in pieces, the last of which are tested on', async () => {
    const { train, test } = await loadText({ file: await written('ABÉaabé aBAb'), context: 3, lowerCase: true });
    // Sorted: space, a, b, é.
    expect([train.classes, train.inputShape, exampleCount(train), exampleCount(test)]).toEqual([4, [3], 2, 1]);
    expect([...train.inputs]).toEqual([1, 2, 3, 1, 1, 2]);
    expect([...train.labels]).toEqual([2, 3, 1, 1, 2, 3]);
    expect([[...test.inputs], [...test.labels]]).toEqual([
      [3, 0, 1],
      [0, 1, 2],
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['too short a text', 'abcdef', 'expected at least 9 characters (data.context 4), got 6'],
    ['a single character', 'a'.repeat(50), 'expected at least two different characters, got 1'],
    ['what is not text', Uint8Array.of(0xff, 0xfe, 0xff), 'expected text in UTF-8, got other bytes'],
  ])('refuses %s', async (_, content, message) => {
    await expect(loadText({ file: await written(content), context: 4 })).rejects.toThrow(message);
  });

  it('names a file that is missing', async () => {
    await expect(loadText({ file: path.join(directory, 'none'), context: 4 })).rejects.toThrow(
      'cannot be read (ENOENT)',
    );
  });
});

describe('a transformer on a text', () => {
  it('learns it, with the spectra of its blocks measured along the training', async () => {
    const engine = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
    const data = await loadText({ file: await written('the cat sat on the mat. '.repeat(40)), context: 8 });
    const model = makeArchitecture({ kind: 'causal-transformer', depth: 1, dimension: 8, heads: 2 }, data.train);
    const { steps, spectra } = await observeTraining({
      ...blobTraining(engine),
      ...{ model, data, steps: 60, logEvery: 60, spectrumSteps: [60], spectrumExamples: 16, batchSize: 16 },
      optimiser: { kind: 'adam' },
      schedule: { kind: 'constant', rate: 0.02 },
      spectrum: { lanczosSteps: 6, probes: 1, seed: 1 },
      spectra: { blocks: { attention: '*.attention.*', mlp: '*.mlp.*', embedding: 'embedding' } },
      sharpness: { every: 60, lanczosSteps: 6, seed: 1 },
    });
    await engine.close();
    expect(steps[0]?.trainLoss).toBeGreaterThan(2);
    expect(steps.at(-1)?.trainLoss).toBeLessThan(0.5);
    expect(steps.at(-1)?.testAccuracy).toBeGreaterThan(0.8);
    expect(steps.at(-1)?.preconditionedSharpness).toBeGreaterThan(0);
    expect(spectra.map(({ block }) => block)).toEqual(['all', 'embedding', 'attention', 'mlp']);
  });

  it('is refused for data that is no text, and a classifier for a text', async () => {
    const { train } = blobs();
    expect(() => makeArchitecture({ kind: 'causal-transformer', depth: 1, dimension: 8, heads: 2 }, train)).toThrow(
      'causal-transformer takes a text, a label for each character;',
    );
    const data = await loadText({ file: await written('abcabcab'.repeat(90)), context: 8 });
    const engine = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
    const training = blobTraining(engine, { data, spectrumExamples: 20 });
    await expect(observeTraining(training)).rejects.toThrow(
      'labels of text-train: expected 1 for each example of mlp-8-6-3-tanh, got 8.',
    );
    const model = causalTransformer({ context: 4, vocabulary: 3, depth: 1, dimension: 8, heads: 2 });
    await expect(observeTraining({ ...training, model })).rejects.toThrow('takes 4 numbers');
    await engine.close();
  });
});
