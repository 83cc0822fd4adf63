/** Several operators, preconditioned and by blocks, at the steps of one training. */
import { createCurvature, createEngine, parameterBlocks, preconditioned, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobTraining, observeTraining } from '../testing/training.ts';
import { measureSpectrum, type SpectrumRecord } from './measureSpectrum.ts';
import { spectrumSubset } from './spectrumProblem.ts';
import type { TrainOptions } from './TrainOptions.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
});
afterAll(() => engine.close());

const adam: Partial<TrainOptions> = { optimiser: { kind: 'adam' }, schedule: { kind: 'constant', rate: 0.01 } };
const short: Partial<TrainOptions> = {
  steps: 7,
  spectrumSteps: [0, 7],
  spectrum: { lanczosSteps: 6, probes: 2, seed: 5 },
};
const namesOf = (spectra: readonly SpectrumRecord[], at: number): string[] =>
  spectra.flatMap(({ step, operator, block, preconditioner }) =>
    step === at ? [`${operator} ${block} ${preconditioner}`] : [],
  );

describe('a training with several spectra at a step', () => {
  it('measures each operator whole, preconditioned once the optimiser can, and by layers', async () => {
    const spectra = { operators: ['hessian', 'fisher'], preconditioned: true, blocks: 'layers' } as const;
    const observed = await observeTraining(blobTraining(engine, { ...short, ...adam, spectra }));
    const layers = ['all', ...parameterBlocks(blobTraining(engine).model, 'layers').map(({ name }) => name)];
    expect(layers).toHaveLength(3);
    expect(namesOf(observed.spectra, 0)).toEqual(
      ['hessian', 'fisher'].flatMap((operator) => layers.map((block) => `${operator} ${block} none`)),
    );
    expect(namesOf(observed.spectra, 7)).toEqual(
      ['hessian', 'fisher'].flatMap((operator) =>
        ['none', 'adam'].flatMap((by) => layers.map((block) => `${operator} ${block} ${by}`)),
      ),
    );
  });

  it('has the blocks that are measured alone', async () => {
    const options = blobTraining(engine, {
      ...short,
      spectra: { operators: ['ggn'], blocks: { first: 'dense0.*', biases: '*1.bias' } },
    });
    const { spectra, result } = await observeTraining(options);
    const subset = spectrumSubset(options.data.train, options.spectrumExamples);
    for (const record of spectra.filter(({ step, block }) => step === 7 && block !== 'all')) {
      const names = record.parameterTensors?.map(({ name }) => name) ?? [];
      expect(names.length).toBeGreaterThan(0);
      const problem = {
        model: options.model,
        loss: { kind: 'softmaxCrossEntropy' } as const,
        inputs: subset.inputs,
        targets: subset.labels,
      };
      const alone = await createCurvature({
        ...problem,
        engine,
        operator: 'ggn',
        parameters: result.parameters,
        block: names,
      });
      const { probes, gradientNorm } = await measureSpectrum({
        ...{
          hessian: alone,
          engine,
          step: 7,
          settings: options.spectrum,
          batchNorm: 'none',
          dataSize: 100,
          dataFingerprint: '',
          classes: 3,
        },
      });
      await alone.release();
      expect(record.parameterCount).toBe(alone.dimension);
      expect(record.gradientNorm).toBeCloseTo(gradientNorm, 6);
      record.probes.forEach(({ alpha }, probe) => expect(alpha[0]).toBeCloseTo(probes[probe]?.alpha[0] ?? NaN, 5));
    }
    expect(spectra.filter(({ step }) => step === 7)).toHaveLength(3);
  });

  it('takes the diagonal of the optimiser that the next update is taken by', async () => {
    const observed = await observeTraining(
      blobTraining(engine, { ...short, ...adam, spectra: { preconditioned: true } }),
    );
    const [plain, scaled] = observed.spectra.filter(({ step }) => step === 7);
    // P is far below 1 on these data, so that the preconditioned matrix is the larger one.
    expect(scaled?.preconditioner).toBe('adam');
    expect(scaled?.top.values[0]).toBeGreaterThan(plain?.top.values[0] ?? NaN);
    expect(() => preconditioned({ dimension: 1 } as never, [0])).toThrow(
      'preconditioner[0]: expected a positive number',
    );
  });

  it('measures the covariance of mini-batches of the size of the training, and says so', async () => {
    const observed = await observeTraining(
      blobTraining(engine, { ...short, spectra: { operators: ['gradient-covariance'] } }),
    );
    expect(observed.spectra.map(({ batchSize }) => batchSize)).toEqual([20, 20]);
    const smallest = Math.min(...observed.spectra.flatMap(({ probes }) => probes.flatMap(({ alpha }) => [...alpha])));
    expect(smallest).toBeGreaterThan(-1e-6);
  });

  it('measures nothing twice', async () => {
    const spectra = { operators: ['hessian', 'ggn'], blocks: 'layers' } as const;
    const isMeasured: TrainOptions['isMeasured'] = (_, { operator, block }) =>
      operator === 'hessian' || block === 'all';
    const observed = await observeTraining(blobTraining(engine, { ...short, spectra, isMeasured }));
    expect(namesOf(observed.spectra, 7)).toEqual(['ggn dense0 none', 'ggn dense1 none']);
  });

  it.each<[Partial<TrainOptions>, string]>([
    [
      { spectra: { preconditioned: true } },
      'spectra.preconditioned: expected an optimiser that divides its steps by a diagonal (adam, adamw, rmsprop, adagrad), got sgd.',
    ],
    [{ spectra: { blocks: { head: 'nothing' } } }, 'blocks.head: expected a pattern of parameters, got "nothing"'],
  ])('refuses %j', async (changes, message) => {
    await expect(observeTraining(blobTraining(engine, changes))).rejects.toThrow(message);
  });
});
