import { convergence } from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { knownSpectrum } from '../testing/lanczos.ts';
import { probes, runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput();
const measured = spectrumInput(run.id, 10);
const ofNodes = spectrumInput(run.id, 20, {
  probes: [{ index: 0, seed: 1, nodes: [1, 2, 4], weights: [0.5, 0.25, 0.25] }],
});

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  for (const input of [measured, ofNodes]) await api.mutate('recordSpectrum', input, 'created');
});
afterAll(() => api.stop());

const fields = 'steps halfSteps movedShare bandShare converged lambdaMaxChange sigma';

async function ask(id: string, given = ''): Promise<unknown> {
  const { data, errors } = await api.execute(`{ spectrum(id: "${id}") { convergence${given} { ${fields} } } }`);
  expect(errors).toEqual([]);
  return (data as { spectrum?: { convergence?: unknown } } | null)?.spectrum?.convergence;
}

describe('Spectrum.convergence', () => {
  const spectrum = { dimension: knownSpectrum.length, probes };

  it('is that of @ritz/spectra, number for number', async () => {
    expect(await ask(measured.id)).toEqual(convergence(spectrum));
    const options = { smoothing: { kind: 'absolute', sigma: 0.5 }, kernel: 'epanechnikov', method: 'plain' } as const;
    const given = '(smoothing: { kind: ABSOLUTE, sigma: 0.5 }, kernel: EPANECHNIKOV, method: PLAIN)';
    expect(await ask(measured.id, given)).toEqual(convergence(spectrum, options));
  });

  it('is null where no tridiagonal was kept', async () => {
    expect(await ask(ofNodes.id)).toBeNull();
  });
});
