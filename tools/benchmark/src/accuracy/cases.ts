/** The nets whose spectra are known: exactly, or by a measurement that costs many times what is compared. */
import fs from 'node:fs/promises';
import { createCurvature, type Curvature, type Engine } from '@ritz/estimation';
import { lanczos } from '@ritz/lanczos';
import type { MeasuredSpectrum } from '@ritz/spectra';
import { loadMnist, mlp, train } from '@ritz/training';

export interface AccuracyCase {
  readonly name: string;
  readonly hessian: Curvature;
  readonly parameters: Float64Array;
  readonly reference: MeasuredSpectrum;
  /** How the reference is known. */
  readonly source: string;
}

interface StoredPoint {
  readonly parameters: string;
  readonly eigenvalues: string;
}

interface Stored extends Readonly<Record<'initial' | 'trained', StoredPoint>> {
  readonly layers: readonly number[];
  readonly pixels: string;
  readonly labels: string;
}

const fixture = new URL('../../../fixtures/spectrum/mlp.json', import.meta.url);
const loss = { kind: 'softmaxCrossEntropy' } as const;

function decode(text: string): Float64Array {
  return new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

/** The 64-40-10 net with 3,010 parameters, whose eigenvalues are those of PyTorch's Hessian by LAPACK. */
export async function smallNet(engine: Engine, point: 'initial' | 'trained'): Promise<AccuracyCase> {
  const stored = JSON.parse(await fs.readFile(fixture, 'utf8')) as Stored;
  const parameters = decode(stored[point].parameters);
  const eigenvalues = decode(stored[point].eigenvalues);
  const hessian = await createCurvature({
    engine,
    model: mlp({ layers: stored.layers }),
    loss,
    parameters,
    inputs: Float32Array.from(Buffer.from(stored.pixels, 'base64'), (pixel) => pixel / 255),
    targets: Int32Array.from(Buffer.from(stored.labels, 'base64')),
    microBatch: 100,
  });
  const weights = eigenvalues.map(() => 1 / eigenvalues.length);
  return {
    name: `64-40-10, ${point}`,
    hessian,
    parameters,
    reference: { dimension: eigenvalues.length, probes: [{ nodes: eigenvalues, weights }] },
    source: 'exact: PyTorch’s Hessian, LAPACK’s eigenvalues',
  };
}

const examples = 500;
const referenceProbes = 10;
const referenceSteps = 250;

/** The 784-20-10 net with 15,910 parameters, trained on MNIST; its spectrum is known from a long measurement in float64. */
export async function mnistNet(engine: Engine, double: Engine): Promise<AccuracyCase> {
  const data = await loadMnist();
  const model = mlp({ layers: [784, 20, 10] });
  const { parameters } = await train({
    engine,
    model,
    data,
    schedule: { kind: 'constant', rate: 0.1 },
    optimiser: { kind: 'sgd', momentum: 0.9 },
    batchSize: 50,
    steps: 600,
    seed: 1,
    logEvery: 600,
    testExamples: examples,
    spectrumSteps: [],
    spectrumExamples: examples,
    spectrum: { lanczosSteps: 1, probes: 1, seed: 1 },
  });
  const options = {
    model,
    loss,
    parameters,
    inputs: data.train.inputs.slice(0, examples * 784),
    targets: data.train.labels.slice(0, examples),
    microBatch: 100,
  };
  const exactly = await createCurvature({ ...options, engine: double });
  const measured = await lanczos(exactly, {
    steps: referenceSteps,
    probes: referenceProbes,
    seed: 2 ** 40,
    precision: 'float64',
  });
  await exactly.release();
  return {
    name: '784-20-10 on MNIST, trained',
    hessian: await createCurvature({ ...options, engine }),
    parameters,
    reference: { dimension: measured.dimension, probes: measured.probes },
    source: `measured: variance-reduced, ${referenceProbes} probes × ${referenceSteps} steps in float64 (${measured.hvpCount} products)`,
  };
}
