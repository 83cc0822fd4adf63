/** Densities over arsinh(λ / width), and what a coarse grid does to a peak. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
let id: string;
beforeAll(async () => {
  api = await testSchema();
  const run = runInput();
  await api.mutate('createRun', run, 'created');
  const spectrum = spectrumInput(run.id, 0);
  ({ id } = spectrum);
  await api.mutate('recordSpectrum', spectrum, 'created');
});
afterAll(() => api.stop());

interface Curve {
  readonly lambda: number[];
  readonly coordinate: number[];
  readonly density: number[];
  readonly scale: string;
  readonly scaleWidth: number | null;
  readonly sigma: number;
  readonly effectiveSigma: number;
  readonly warnings: string[];
}

async function densityOf(given: string): Promise<Curve> {
  const fields = 'lambda coordinate density scale scaleWidth sigma effectiveSigma warnings';
  const { data, errors } = await api.execute(`{ spectrum(id: "${id}") { density${given} { ${fields} } } }`);
  expect(errors).toEqual([]);
  return (data as { readonly spectrum: { readonly density: Curve } } | null)?.spectrum.density as Curve;
}

describe('the density of a spectrum', () => {
  it('is over λ unless it is asked over arsinh(λ / width), where it integrates to 1 too', async () => {
    const linear = await densityOf('');
    expect([linear.scale, linear.scaleWidth, linear.coordinate]).toEqual(['LINEAR', null, linear.lambda]);
    const wide = await densityOf('(scale: ASINH, scaleWidth: 0.5)');
    expect([wide.scale, wide.scaleWidth]).toEqual(['ASINH', 0.5]);
    wide.lambda.forEach((lambda, at) => expect(wide.coordinate[at]).toBeCloseTo(Math.asinh(lambda / 0.5), 9));
    const h = (wide.coordinate[1] ?? 0) - (wide.coordinate[0] ?? 0);
    expect(h * wide.density.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });

  it('says how wide a peak is that its grid cannot show', async () => {
    const coarse = await densityOf('(smoothing: { kind: ABSOLUTE, sigma: 1e-6 }, grid: { points: 50 })');
    expect(coarse.effectiveSigma).toBeGreaterThan(coarse.sigma);
    expect(coarse.warnings).toEqual([expect.stringContaining('The grid is coarser than σ/2')]);
    const fine = await densityOf('');
    expect([fine.effectiveSigma, fine.warnings]).toEqual([fine.sigma, []]);
  });

  it.each([
    ['(scaleWidth: 1)', 'scaleWidth: expected scale: ASINH, got LINEAR, which has no width. Leave it out.'],
    ['(scale: ASINH, scaleWidth: 0)', 'scaleWidth: expected a finite number greater than 0, got 0.'],
    [
      '(scale: ASINH, smoothing: { kind: PAPER })',
      'smoothing.kind: PAPER is a width in eigenvalues, which scale: ASINH does not have. Use AUTO or ABSOLUTE.',
    ],
  ])('refuses %s', async (given, message) => {
    const { errors } = await api.execute(`{ spectrum(id: "${id}") { density${given} { sigma } } }`);
    expect(errors.map(({ message: text }) => text)).toEqual([message]);
  });
});
