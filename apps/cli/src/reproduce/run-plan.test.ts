import fs from 'node:fs/promises';
import { parseConfig } from '@ritz/training';
import { temporaryFolder } from '@ritz/testing/vitest';
import { describe, expect, it } from 'vitest';
import type { PlannedRun } from './plan.ts';
import { reportPage } from './report-page.ts';
import { runPlan } from './run-plan.ts';
import { settingsText } from './settings-text.ts';

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
    const runs = await runPlan(plan, options);
    expect(runs.map(({ diverged }) => diverged)).toEqual([expect.stringMatching(/^The loss is .* at step \d/), null]);
    expect(runs.map(({ run }) => run.spectra.length)).toEqual([1, 2]);
    expect(runs[1]).toMatchObject({ parameterCount: 3190, engine: 'onnx-cpu' });
    const files = await Promise.all(runs.map(({ file }) => fs.readFile(file, 'utf8')));
    expect(files[0]).toContain('"status":"FAILED"');
    const again = await runPlan(plan.slice(1), options);
    expect(again[0]?.run).toEqual(runs[1]?.run);
    expect(await fs.readFile(runs[1]?.file ?? '', 'utf8')).toBe(files[1]);
  });
});

describe('the page', () => {
  it('says what the runs have in common and which of them no claim uses', () => {
    const settings = settingsText([planned(1, 0.1), planned(2, 0.1)]);
    expect(settings).toContain('2 runs of net, seeds 1, 2: 4 steps of 20 images by SGD with momentum 0.9');
    expect(settings).toContain('k = 1 probes of m = 12 Lanczos steps');
    const run = { name: 'net <1>', setting: 'net', id: 'a', parameters: 3190, spectra: 1, finalLoss: 2 };
    const page = reportPage({
      scale: 'cpu',
      command: 'ritz reproduce',
      engine: 'onnx-cpu',
      settings,
      drops: [3],
      spectrumSeconds: 90,
      runs: [
        { ...run, leftOut: 'The loss is NaN at step 3.' },
        { ...run, leftOut: null },
      ],
      claims: [],
    });
    expect(page).toContain('in 1.5 minutes');
    expect(page).toContain('net &#60;1&#62;');
    expect(page).toContain('left out: The loss is NaN at step 3.');
  });
});
