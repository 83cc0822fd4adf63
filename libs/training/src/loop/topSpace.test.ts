/** Ritz vectors in numbers, in float64 against dense matrices (tools/fixtures/vectors/make.py), and along trainings. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  blockCurvatures,
  classGradients,
  createCurvature,
  createEngine,
  parameterBlocks,
  preconditioned,
  type Curvature,
  type Engine,
  type MeasurableCurvature,
} from '@ritz/estimation';
import { relativeError } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlp } from '../architecture/mlp.ts';
import { blobTraining, observeTraining } from '../testing/training.ts';
import { KeptSpaces } from './KeptSpaces.ts';
import { measureBlocks } from './measureBlocks.ts';
import { measureSpectrum, type MeasureOptions, type SpectrumRecord } from './measureSpectrum.ts';
import { vectorParts } from './topSpace.ts';

interface Numbers {
  readonly values: number[];
  readonly inverseParticipation: number[];
  readonly masses: Readonly<Record<string, number[]>>;
  readonly overlaps: Readonly<Record<'gradient' | 'miniBatch' | 'update', number[]>>;
  readonly classShare: number[];
}
interface Fixture extends Readonly<Record<'inputs' | 'labels' | 'first' | 'second' | 'update' | 'diagonal', number[]>> {
  readonly miniBatch: number;
  readonly classMeans: number[][];
  readonly whole: Numbers;
  readonly preconditioned: Numbers;
  readonly block: Numbers;
  readonly spaceOverlaps: Readonly<Record<string, number>>;
}

const file = path.join(import.meta.dirname, '../../../../tools/fixtures/vectors/vectors.json');
const model = mlp({ layers: [4, 6, 3], activation: 'tanh' });
const loss = { kind: 'softmaxCrossEntropy' } as const;
const scratch: string[] = [];
let fixture: Fixture;
let engine: Engine;
let hessian: Curvature;
let measuring: Omit<MeasureOptions, 'hessian'>;

beforeAll(async () => {
  fixture = JSON.parse(await fs.readFile(file, 'utf8')) as Fixture;
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
  const examples = { inputs: fixture.inputs, targets: fixture.labels };
  const shared = { engine, model, loss, parameters: fixture.first };
  hessian = await createCurvature({ ...shared, ...examples });
  const firstTen = await createCurvature({
    ...shared,
    inputs: fixture.inputs.slice(0, 4 * fixture.miniBatch),
    targets: fixture.labels.slice(0, fixture.miniBatch),
  });
  measuring = {
    engine,
    step: 0,
    settings: { lanczosSteps: 51, probes: 2, seed: 1 },
    batchNorm: 'none',
    dataSize: 30,
    dataFingerprint: 'fixture',
    classes: 3,
    directions: {
      miniBatchGradient: await firstTen.gradient(),
      update: fixture.update,
      classMeans: await classGradients({ ...shared, ...examples }),
    },
    parts: vectorParts(model.parameters, parameterBlocks(model, 'layers')),
  };
  await firstTen.release();
});
afterAll(async () => {
  await hessian.release();
  await engine.close();
  for (const directory of scratch) await fs.rm(directory, { recursive: true });
});

async function temporary(): Promise<string> {
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-spaces-'));
  scratch.push(directory);
  return directory;
}

function expectNumbers({ ritzVectors = [] }: SpectrumRecord, expected: Numbers): void {
  const column = (of: (vector: (typeof ritzVectors)[number]) => number | null | undefined) =>
    ritzVectors.map((vector) => of(vector) ?? Number.NaN);
  const expectClose = (found: number[], wanted: number[]): void => {
    expect(found).toHaveLength(wanted.length);
    found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at] ?? Number.NaN, 8));
  };
  expect(ritzVectors.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  expectClose(
    column(({ value }) => value),
    expected.values,
  );
  expectClose(
    column((vector) => vector.inverseParticipation),
    expected.inverseParticipation,
  );
  for (const [block, masses] of Object.entries(expected.masses)) {
    expectClose(
      column(({ massByBlock }) => massByBlock?.find((one) => one.block === block)?.mass),
      masses,
    );
  }
  expectClose(
    column((vector) => vector.gradientOverlap),
    expected.overlaps.gradient,
  );
  expectClose(
    column((vector) => vector.miniBatchOverlap),
    expected.overlaps.miniBatch,
  );
  expectClose(
    column((vector) => vector.updateOverlap),
    expected.overlaps.update,
  );
  expectClose(
    column((vector) => vector.classShare),
    expected.classShare,
  );
  for (const { residual } of ritzVectors) expect(residual).toBeLessThan(1e-9);
}

describe('Ritz vectors of a dense matrix', () => {
  it('are those of the whole Hessian', async () => {
    expectNumbers(await measureSpectrum({ ...measuring, hessian }), fixture.whole);
  });

  it('are those of the preconditioned Hessian, in its own coordinates', async () => {
    const matrix: MeasurableCurvature = preconditioned(hessian, fixture.diagonal);
    expectNumbers(await measureSpectrum({ ...measuring, hessian: matrix }), fixture.preconditioned);
  });

  it('are those of a block, with the masses of its tensors', async () => {
    const blocks = parameterBlocks(model, 'layers');
    const [, second] = await measureBlocks({ ...measuring, hessian }, model, blocks);
    expect(second?.block).toBe('dense1');
    if (second) expectNumbers(second, fixture.block);
    expect(blockCurvatures(hessian, model, blocks)[1]?.coordinatesOf(fixture.update, 'displacement')).toEqual(
      Float64Array.from(fixture.update.slice(30)),
    );
  });

  it('span a space whose overlap with that of another point is known', async () => {
    const series = { operator: 'hessian', block: 'all', preconditioner: 'none' } as const;
    const parent = await temporary();
    await hessian.setParameters(fixture.second);
    const before = await measureSpectrum({ ...measuring, hessian, spaces: new KeptSpaces(parent, series) });
    await hessian.setParameters(fixture.first);
    // Of another process: from the disk.
    const spaces = new KeptSpaces(parent, series);
    const after = await measureSpectrum({ ...measuring, hessian, step: 4, spaces });
    expect(before.spaceOverlaps).toEqual([]);
    expect(after.spaceOverlaps?.map(({ step, k }) => [step, k])).toEqual([
      [0, 1],
      [0, 3],
      [0, 6],
    ]);
    for (const { k, overlap } of after.spaceOverlaps ?? [])
      expect(overlap).toBeCloseTo(fixture.spaceOverlaps[k] ?? 0, 8);
    // Measured again, as after a kill: the same, and not compared with itself.
    expect((await measureSpectrum({ ...measuring, hessian, step: 4, spaces })).spaceOverlaps).toEqual(
      after.spaceOverlaps,
    );
  });
});

describe('classGradients', () => {
  it('are the gradients of the classes’ mean losses', async () => {
    const means = await classGradients({
      ...{ engine, model, loss, parameters: fixture.first },
      ...{ inputs: fixture.inputs, targets: fixture.labels },
    });
    means.forEach((mean, at) => expect(relativeError(mean, fixture.classMeans[at] ?? [])).toBeLessThan(1e-12));
  });

  it('refuses a loss without classes', async () => {
    const options = { engine, model, parameters: fixture.first, inputs: [1, 2, 3, 4], targets: [1, 0, 0] };
    await expect(classGradients({ ...options, loss: { kind: 'meanSquaredError' } })).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: 'class means: expected a loss over classes, got meanSquaredError. Leave them out.',
    });
  });
});

describe('KeptSpaces', () => {
  it('keeps the first step and the newest where there is no room for all', async () => {
    const spaces = new KeptSpaces(await temporary(), { operator: 'ggn', block: 'a/b', preconditioner: 'none' }, 100);
    const unit = (at: number) => [Float32Array.from({ length: 8 }, (_, i) => (i === at ? 1 : 0))];
    for (const step of [0, 10, 20, 30]) await spaces.keep(step, unit(step / 10));
    expect(await spaces.overlaps(40, unit(3), [1])).toEqual([
      { step: 0, k: 1, overlap: 0 },
      { step: 20, k: 1, overlap: 0 },
      { step: 30, k: 1, overlap: 1 },
    ]);
  });
});

describe('a training', () => {
  it('records the same whether it is interrupted or not, and leaves no vectors behind', async () => {
    const directory = await temporary();
    const options = (name: string) =>
      blobTraining(engine, {
        spectra: { blocks: 'layers', classStructure: true },
        spectrum: { lanczosSteps: 20, probes: 2, seed: 5 },
        checkpoint: { file: path.join(directory, name), every: 5 },
      });
    const whole = await observeTraining(options('whole'));
    const parts: SpectrumRecord[] = [];
    const stopping = new AbortController();
    const stop = new Error('stopped');
    await expect(
      observeTraining({
        ...options('parts'),
        signal: stopping.signal,
        onSpectrum: (record) => {
          parts.push(record);
          if (record.step === 7 && record.block !== 'all') stopping.abort(stop);
          return Promise.resolve();
        },
      }),
    ).rejects.toBe(stop);
    const isMeasured = (step: number, { block }: { readonly block: string }) =>
      parts.some((record) => record.step === step && record.block === block);
    const rest = await observeTraining({ ...options('parts'), isMeasured });
    const numbersOf = (records: readonly SpectrumRecord[]) =>
      records.map(({ step, block, ritzVectors, spaceOverlaps }) => ({ step, block, ritzVectors, spaceOverlaps }));
    const ofBoth = [...parts, ...rest.spectra];
    expect(numbersOf(ofBoth)).toEqual(numbersOf(whole.spectra));
    expect(whole.spectra.at(-1)?.spaceOverlaps?.map(({ step }) => step)).toEqual([0, 0, 0, 7, 7, 7]);
    const [first] = whole.spectra;
    expect(first?.ritzVectors?.[0]?.massByBlock?.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 12);
    for (const { miniBatchOverlap, updateOverlap, classShare } of first?.ritzVectors ?? []) {
      for (const share of [miniBatchOverlap, updateOverlap, classShare]) expect(share).toBeGreaterThan(0);
      // Without momentum yet, the update is along the gradient of the mini-batch.
      expect(updateOverlap).toBeCloseTo(miniBatchOverlap ?? Number.NaN, 9);
    }
    expect((await fs.readdir(directory)).filter((name) => name.endsWith('.spaces'))).toEqual([]);
  });
});
