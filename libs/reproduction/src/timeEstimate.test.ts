import { createEngine, type Engine } from '@ritz/estimation';
import { loadMnist, parseConfig, trainOptions, type SplitDataSet } from '@ritz/training';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedRun } from './plan.ts';
import { estimatePlan, measureCosts, secondsOf, workOf, type FamilyEstimate } from './timeEstimate.ts';

let engine: Engine;
let data: SplitDataSet;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu' });
  data = await loadMnist();
});
afterAll(() => engine.close());

function planned(changes: Record<string, unknown> = {}): PlannedRun {
  const config = parseConfig(
    'plan',
    JSON.stringify({
      name: 'net',
      architecture: { kind: 'mlp', hidden: [4] },
      data: { kind: 'mnist' },
      schedule: { kind: 'constant', rate: 0.1 },
      batchSize: 20,
      steps: 10,
      logEvery: 5,
      testExamples: 30,
      spectra: { steps: [0, 7], examples: 40, lanczosSteps: 6, probes: 2, gradientEnergy: false },
      ...changes,
    }),
  );
  return { config, family: 'net', setting: 'net', claims: ['F1'] };
}

describe('the work of a run', () => {
  it('is its updates, its evaluations and the products of its spectra', () => {
    // Evaluations at 0, 5, 7 and 10 over 40 and 30 examples; two spectra of 2 probes by 6 steps and 20 eigenvectors.
    const work = workOf(trainOptions(planned().config, data, engine));
    expect(work).toEqual({ updates: 10, forward: 4 * 70, products: 2 * 40 * (2 * 6 + 20) });
    expect(secondsOf(work, { update: 1, forward: 0.1, product: 0.01 })).toBeCloseTo(10 + 28 + 25.6, 9);
  });

  it('has a pass over all examples with every step of the population mode', () => {
    const images = { ...data.train, inputShape: [1, 28, 28] };
    const both = { train: images, test: { ...data.test, inputShape: [1, 28, 28] } };
    const architecture = { kind: 'resnet', depth: 8, width: 0.125, batchNorm: 'population' };
    const { forward } = workOf(trainOptions(planned({ architecture }).config, both, engine));
    expect(forward).toBe(4 * 70 + (10 + 4) * 60_000);
  });
});

describe('the estimate', () => {
  it('is measured on the network itself, and leaves out what is finished', async () => {
    const { signal } = new AbortController();
    const costs = await measureCosts(trainOptions(planned().config, data, engine), signal);
    for (const seconds of Object.values(costs)) expect(seconds).toBeGreaterThan(0);
    const plan = [planned({ seed: 1 }), planned({ seed: 2 })];
    const families: FamilyEstimate[] = [];
    const estimate = async (finished: number) =>
      estimatePlan(plan, {
        ...{ dataDirectory: await temporaryFolder(), signal },
        isFinished: ({ seed }) => Promise.resolve(seed <= finished),
        onFamily: (family) => families.push(family),
      });
    expect(await estimate(0)).toMatchObject({ runs: 2, engine: 'onnx-cpu', seconds: expect.any(Number) as number });
    expect(families).toMatchObject([{ family: 'net' }]);
    expect(families[0]?.secondsPerStep).toBeGreaterThan(0);
    expect(families[0]?.secondsPerSpectrum).toBeGreaterThan(0);
    expect(await estimate(1)).toMatchObject({ runs: 1 });
    expect(await estimate(2)).toBeNull();
  });
});
