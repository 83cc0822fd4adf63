import { parseConfig } from '@ritz/training';
import { describe, expect, it } from 'vitest';
import type { PlannedRun } from '../plan.ts';
import { settingsText } from '../settingsText.ts';
import { reportPage } from './ReportPage.tsx';

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

describe('the page', () => {
  it('says what the runs have in common and which of them no claim uses', () => {
    const settings = settingsText([planned(1, 0.1), planned(2, 0.1)]);
    expect(settings).toContain('2 runs of net, seeds 1, 2: 4 steps of 20 images by SGD, momentum 0.9, weight decay 0');
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
    expect(page).toContain('took 1.5 minutes');
    expect(page).toContain('net &lt;1&gt;');
    expect(page).toContain('left out: The loss is NaN at step 3.');
  });
});
