import { createEngine, type Engine } from '@ritz/estimation';
import { loadMnist, trainOptions, type SplitDataSet } from '@ritz/training';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planned } from './testing/planned.ts';
import { estimatePlan, measureCosts, secondsOf, workOf, type FamilyEstimate } from './timeEstimate.ts';

let engine: Engine;
let data: SplitDataSet;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu' });
  data = await loadMnist();
});
afterAll(() => engine.close());

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
