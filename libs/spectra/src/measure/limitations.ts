/** What cannot be computed from a spectrum because the peer that measured it kept too little. */
import { checkSpectrum } from './check.ts';
import { isTridiagonal, type MeasuredSpectrum } from './MeasuredSpectrum.ts';

export interface Limitation {
  readonly quantity: 'residuals' | 'outliers' | 'variance reduction' | 'standard errors';
  /** Why not, and what would have to be kept. */
  readonly reason: string;
}

/** Empty for a spectrum of several whole tridiagonals. Throws a SpectrumError for one that is not valid. */
export function limitations(spectrum: MeasuredSpectrum): Limitation[] {
  checkSpectrum(spectrum);
  const { probes } = spectrum;
  const found: Limitation[] = [];
  const bare = probes.filter((probe) => !isTridiagonal(probe)).length;
  const cut = probes.filter((probe) => isTridiagonal(probe) && probe.beta.length < probe.alpha.length).length;
  if (bare + cut > 0) {
    const kept =
      bare > 0
        ? `${bare} of ${probes.length} probes kept only nodes and weights`
        : `${cut} of ${probes.length} probes kept no last β (the norm of the last residual)`;
    const remedy = 'keep α and all m entries of β';
    found.push(
      {
        quantity: 'residuals',
        reason: `${kept}, so how far a Ritz value is from an eigenvalue is not known: ${remedy}.`,
      },
      {
        quantity: 'outliers',
        reason: `${kept}, so converged eigenvalues cannot be told from nodes of the bulk: ${remedy}.`,
      },
      {
        quantity: 'variance reduction',
        reason: `${kept}, so no eigenvalue can be given its exact weight 1/n: ${remedy}.`,
      },
    );
  }
  if (probes.length === 1) {
    found.push({ quantity: 'standard errors', reason: 'There is a single probe: measure at least two (k ≥ 2).' });
  }
  return found;
}
