import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createCurvature, createEngine, type Curvature, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../architecture/initialParameters.ts';
import { mlp } from '../architecture/mlp.ts';
import { blobs } from '../testing/blobs.ts';
import { measureSpectrum, type SpectrumRecord, type SpectrumSettings } from './measureSpectrum.ts';

const model = mlp({ layers: [8, 8, 3] });
const { train: examples } = blobs();
let engine: Engine;
let hessian: Curvature;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', threads: 1 });
  hessian = await createCurvature({
    engine,
    model,
    loss: { kind: 'softmaxCrossEntropy' },
    parameters: initialParameters(model, 1),
    inputs: examples.inputs,
    targets: examples.labels,
  });
});
afterAll(async () => {
  await hessian.release();
  await engine.close();
});

function measure(settings: Partial<SpectrumSettings>, file?: string): Promise<SpectrumRecord> {
  return measureSpectrum({
    hessian,
    engine,
    step: 0,
    settings: { lanczosSteps: 40, probes: 2, seed: 1, gradientEnergy: true, ...settings },
    batchNorm: 'none',
    dataSize: examples.labels.length,
    dataFingerprint: 'blobs',
    classes: 3,
    ...(file !== undefined && { journal: { file } }),
  });
}

describe('measureSpectrum', () => {
  it('stops before m where the tolerance is met', async () => {
    const whole = await measure({});
    const early = await measure({ tolerance: 0.02 });
    expect(whole.probes[0]?.alpha.length).toBe(40);
    const steps = early.probes[0]?.alpha.length ?? 0;
    expect(steps).toBeLessThan(40);
    expect(whole.probes[0]?.alpha.slice(0, steps)).toEqual(early.probes[0]?.alpha);
  });

  it('keeps bases in a file, and continues from a saved state, with the same numbers', async () => {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-measure-'));
    const scratch = { directory, bytes: Infinity };
    const file = path.join(directory, 'state');
    const { probes, gradientEnergy } = await measure({});
    const saved = await measure({ memory: 1000, scratch }, file);
    const again = await measure({ memory: 1000, scratch }, file);
    for (const record of [saved, again])
      expect([record.probes, record.gradientEnergy]).toEqual([probes, gradientEnergy]);
    expect(await fs.readdir(directory)).toEqual(['state']);
    await fs.rm(directory, { recursive: true });
  });
});
