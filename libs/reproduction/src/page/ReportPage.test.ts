import { describe, expect, it } from 'vitest';
import { settingsText } from '../settingsText.ts';
import { planned } from '../testing/planned.ts';
import { reportPage } from './ReportPage.tsx';

describe('the page', () => {
  it('says what the runs have in common and which of them no claim uses', () => {
    const settings = settingsText([planned({ seed: 1 }), planned({ seed: 2 })]);
    expect(settings[0]).toContain(
      '2 runs of net, seeds 1, 2: 10 steps of 20 images by SGD, momentum 0.9, weight decay 0',
    );
    expect(settings[0]).toContain('k = 2, m = 6, products in float32');
    const run = {
      name: 'net <1>',
      setting: 'net',
      id: 'a',
      parameters: 3190,
      spectra: 1,
      finalLoss: 2,
      rules: 'rules b',
    };
    const page = reportPage({
      scale: 'cpu',
      command: 'ritz reproduce',
      engine: 'onnx-cpu',
      settings,
      rules: 'rules b',
      drops: [3],
      spectrumSeconds: 90,
      runs: [
        { ...run, leftOut: 'The loss is NaN at step 3.' },
        { ...run, leftOut: null, rules: 'rules a' },
      ],
      claims: [],
    });
    expect(page).toContain('took 1.5 minutes');
    expect(page).toContain('1 of 2 runs were trained before the rules became what they are now');
    expect(page).toContain('net &lt;1&gt;');
    expect(page).toContain('left out: The loss is NaN at step 3.');
  });
});
