import fs from 'node:fs/promises';
import { runPlan, type PlannedRun } from '@ritz/reproduction';
import { parseConfig, type Config } from '@ritz/training';
import { temporaryFolder } from '@ritz/testing/vitest';
import { describe, expect, it } from 'vitest';
import { trainRun, type TrainedRun } from './trainRun.ts';

function planned(seed: number, rate: number): PlannedRun {
  const config = parseConfig(
    'plan',
    JSON.stringify({
      name: `net, seed ${seed}`,
      architecture: { kind: 'mlp', hidden: [4] },
      data: { kind: 'mnist' },
      schedule: { kind: 'step', initial: rate, steps: [3] },
      batchSize: 20,
      steps: 4,
      seed,
      testExamples: 20,
      spectra: { steps: [0, 4], examples: 20, lanczosSteps: 12, probes: 1, gradientEnergy: false },
    }),
  );
  return { config, family: 'net', setting: 'net', claims: ['F1'] };
}

describe('a plan', () => {
  it('goes on past a run that diverges, and uses what is there already', async () => {
    const { signal } = new AbortController();
    const options = { by: 'a test', dataDirectory: await temporaryFolder(), target: null, signal };
    const plan = [planned(1, 1e30), planned(2, 0.1)];
    const train = (config: Config): Promise<TrainedRun> => trainRun(config, options);
    const runs = await runPlan(plan, { train });
    expect(runs.map(({ diverged }) => diverged)).toEqual([expect.stringMatching(/^The loss is .* at step \d/), null]);
    expect(runs.map(({ run }) => run.spectra.length)).toEqual([1, 2]);
    expect(runs[1]).toMatchObject({ parameterCount: 3190, engine: 'onnx-cpu' });
    const files = await Promise.all(runs.map(({ file }) => fs.readFile(file, 'utf8')));
    expect(files[0]).toContain('"status":"failed"');
    const again = await runPlan(plan.slice(1), { train });
    expect(again[0]?.run).toEqual(runs[1]?.run);
    expect(await fs.readFile(runs[1]?.file ?? '', 'utf8')).toBe(files[1]);
  });
});
