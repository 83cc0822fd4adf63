/** Checks of what is handed in, with errors that name the place. */
import {
  isTridiagonal,
  type DeflatedEigenvalues,
  type MeasuredSpectrum,
  type ProbeMeasurement,
} from './MeasuredSpectrum.ts';
import { SpectrumError } from './SpectrumError.ts';

/** Throws a SpectrumError (NON_FINITE) that names the first entry that is not a finite number. */
export function checkFinite(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new SpectrumError('NON_FINITE', `${name}[${i}] is ${values[i]}; every entry must be a finite number.`);
    }
  }
}

function checkProbe(probe: ProbeMeasurement, name: string): void {
  if (isTridiagonal(probe)) {
    const { alpha, beta } = probe;
    if (alpha.length < 1)
      throw new SpectrumError('EMPTY', `${name}.alpha is empty; at least one Lanczos step is needed.`);
    if (beta.length !== alpha.length && beta.length !== alpha.length - 1) {
      const expected = `${alpha.length} or ${alpha.length - 1} entries for ${alpha.length} entries of alpha`;
      throw new SpectrumError('BAD_LENGTH', `${name}.beta has ${beta.length} entries; expected ${expected}.`);
    }
    checkFinite(`${name}.alpha`, alpha);
    checkFinite(`${name}.beta`, beta);
    return;
  }
  const { nodes, weights } = probe;
  if (nodes.length < 1) throw new SpectrumError('EMPTY', `${name}.nodes is empty; at least one node is needed.`);
  if (nodes.length !== weights.length) {
    throw new SpectrumError('BAD_LENGTH', `${name} has ${nodes.length} nodes but ${weights.length} weights.`);
  }
  checkFinite(`${name}.nodes`, nodes);
  checkFinite(`${name}.weights`, weights);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight < 0)
      throw new SpectrumError('BAD_OPTION', `${name}.weights[${i}] is ${weight}; weights cannot be negative.`);
    sum += weight;
  }
  if (Math.abs(sum - 1) > 1e-3) throw new SpectrumError('BAD_OPTION', `${name}.weights sum to ${sum}; expected 1.`);
}

/** Throws a SpectrumError when there is no probe, a length does not fit, an entry is not finite, or n is not a count. */
export function checkSpectrum({ dimension, probes, deflated }: MeasuredSpectrum): void {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new SpectrumError(
      'BAD_OPTION',
      `dimension: expected the number of parameters, at least 1, got ${dimension}.`,
    );
  }
  if (probes.length < 1) throw new SpectrumError('EMPTY', 'The spectrum has no probe; at least one (k ≥ 1) is needed.');
  probes.forEach((probe, index) => checkProbe(probe, `probes[${index}]`));
  if (deflated) checkDeflated(deflated, dimension);
}

function checkDeflated({ values, residuals }: DeflatedEigenvalues, dimension: number): void {
  if (values.length !== residuals.length || values.length >= dimension) {
    throw new SpectrumError(
      'BAD_LENGTH',
      `deflated: expected as many residuals as values and fewer than ${dimension}, got ${values.length} values and ` +
        `${residuals.length} residuals.`,
    );
  }
  checkFinite('deflated.values', values);
  checkFinite('deflated.residuals', residuals);
}
