/** A `tf.LayersModel` from disk, as `ritz spectrum --model model.json` reads it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { createEngine, parameterCount, type Engine } from '@ritz/estimation';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyBytes } from '../testing/npy.ts';
import { curvatureOf } from './curvature.ts';
import { loadProblem } from './loadProblem.ts';

let engine: Engine;
beforeAll(async () => {
  await tf.setBackend('cpu');
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

const inputs = Array.from({ length: 12 }, (_, position) => Math.fround(Math.sin(position)));
const labels = [0, 2, 1, 2];

/** As model.save("file://…") of tfjs-node writes it. */
async function saved(model: layers.LayersModel): Promise<string> {
  const folder = await temporaryFolder();
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      const json = { format: 'layers-model', modelTopology, weightsManifest: manifest };
      await fs.writeFile(path.join(folder, 'model.json'), JSON.stringify(json));
      await fs.writeFile(path.join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  await fs.writeFile(path.join(folder, 'x.npy'), npyBytes('<f4', [4, 3], inputs));
  await fs.writeFile(path.join(folder, 'y.npy'), npyBytes('<i8', [4], labels));
  return folder;
}

function small(): layers.LayersModel {
  return layers.sequential({
    layers: [
      layers.layers.dense({ units: 5, activation: 'tanh', inputShape: [3] }),
      layers.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
}

describe('ritz spectrum --model model.json', () => {
  it('measures the loss that the model has, its softmax a part of the cross-entropy', async () => {
    const model = small();
    const folder = await saved(model);
    const at = (name: string): string => path.join(folder, name);
    const options = { model: at('model.json'), data: at('x.npy'), labels: at('y.npy'), freeze: [] };
    const problem = await loadProblem(options);
    expect(problem.trained.finalActivationRemoved).toBe(true);
    expect(parameterCount(problem.trained.model)).toBe(38);
    const curvature = await curvatureOf(engine, problem, { operator: 'ggn' });
    const probabilities = (model.predict(tf.tensor2d(inputs, [4, 3])) as tf.Tensor).dataSync();
    const losses = labels.map((label, row) => -Math.log(probabilities[row * 3 + label] ?? Number.NaN));
    expect(await curvature.loss()).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 4, 6);
    await curvature.release();
    await expect(loadProblem({ ...options, freeze: ['dense'] })).rejects.toThrow('set trainable = false in the layers');
  });

  it('says what is wrong with the files', async () => {
    const folder = await saved(small());
    const model = path.join(folder, 'model.json');
    const options = { model, data: path.join(folder, 'x.npy'), labels: path.join(folder, 'y.npy'), freeze: [] };
    await fs.rm(path.join(folder, 'weights.bin'));
    await expect(loadProblem(options)).rejects.toThrow(/weights\.bin \(weights of .*model\.json\) cannot be read/);
    await fs.writeFile(model, '{"format": "graph-model", "modelTopology": {}, "weightsManifest": []}');
    await expect(loadProblem(options)).rejects.toThrow(
      'expected the model.json of a tf.LayersModel, got a graph-model.',
    );
    await fs.writeFile(model, 'no');
    await expect(loadProblem(options)).rejects.toThrow('got no JSON.');
  });
});
