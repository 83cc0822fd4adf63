/** How many eigenvalues a spectrum effectively has. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { probeMeasures } from '../ritz/spectralMeasure.ts';
import { jackknife } from './jackknife.ts';
import { statistic } from './Statistic.ts';

/**
 * exp of the entropy of p_i = |λ_i| / Σ|λ_j| (Roy and Vetterli, The Effective Rank, EUSIPCO 2007): n when all |λ_i| are equal,
 * 1 for a matrix of rank one. 0 for the zero matrix.
 */
export function effectiveRank(spectrum: MeasuredSpectrum): Estimate {
  const n = spectrum.dimension;
  return jackknife(probeMeasures(spectrum), ({ nodes, weights }) => {
    let total = 0;
    let logarithms = 0;
    nodes.forEach((node, i) => {
      const size = Math.abs(node);
      if (size === 0) return;
      total += (weights[i] as number) * size;
      logarithms += (weights[i] as number) * size * Math.log(size);
    });
    // Σ|λ| = n·total, hence −Σ p log p = log(n·total) − logarithms / total.
    return total === 0 ? 0 : n * total * Math.exp(-logarithms / total);
  });
}

export const effectiveRankStatistic = statistic({
  title: 'Effective rank',
  description:
    'How many eigenvalues the spectrum effectively has: exp of the entropy of |lambda_i| / sum |lambda_j| (Roy and Vetterli 2007).',
  unit: 'count',
  estimate: effectiveRank,
});
