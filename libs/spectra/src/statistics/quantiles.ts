/** Quantiles of a spectrum: the eigenvalue that a given share of all eigenvalues does not exceed. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { resolveEigenvalues } from '../ritz/resolvedEigenvalues.ts';
import { probeMeasures, type Atoms } from '../ritz/spectralMeasure.ts';
import { jackknifeError } from './jackknife.ts';
import { statistic } from './Statistic.ts';

export interface Quantile extends Estimate {
  /** Between 0 and 1. */
  readonly probability: number;
}

/** Mass spread evenly over [from, to]; a point where both agree. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly mass: number;
}

/** Weights are sums of rounded numbers: a share reached to within this counts as reached. */
const slack = 1e-12;

/**
 * inf { λ : share of eigenvalues ≤ λ is at least p } for each p, with its jackknife standard error over probes; 0 and 1 give the
 * extremes. A resolved eigenvalue is a point; any other node stands for the stretch of the bulk around it, half of its weight for
 * the stretch up to each neighbour (the midpoint rule for the distribution function of a Gauss quadrature: between
 * neighbouring nodes that function is known to within their weights, Chebyshev–Markov–Stieltjes). Throws a SpectrumError
 * (BAD_OPTION) for a p outside [0, 1].
 */
export function quantiles(spectrum: MeasuredSpectrum, probabilities: readonly number[]): Quantile[] {
  const bad = probabilities.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) {
    throw new SpectrumError('BAD_OPTION', `probabilities: expected numbers from 0 to 1, got ${bad}.`);
  }
  const known = eigenvalueNodes(spectrum);
  const byProbe = probeMeasures(spectrum).map((atoms) => piecesOf(atoms, known));
  const ends = endsOf(byProbe);
  const grids = byProbe.map((pieces) => onGrid(pieces, ends));
  const inverse = inverseOf(grids, ends);
  const inversesWithout = grids.map((_, left) =>
    inverseOf(
      grids.filter((_grid, probe) => probe !== left),
      ends,
    ),
  );
  return probabilities.map((probability) => ({
    probability,
    value: inverse(probability),
    standardError: jackknifeError(byProbe.length, (left) => inversesWithout[left]?.(probability) ?? 0),
  }));
}

/** The nodes that are eigenvalues, in any probe. */
function eigenvalueNodes(spectrum: MeasuredSpectrum): ReadonlySet<number> {
  const { quadratures, resolved } = resolveEigenvalues(spectrum);
  const nodeOf = (position: number, probe: number): number[] =>
    position < 0 ? [] : [quadratures[probe]?.nodes[position] ?? 0];
  return new Set(resolved.flatMap(({ value, positions }) => [value, ...positions.flatMap(nodeOf)]));
}

function piecesOf({ nodes, weights }: Atoms, known: ReadonlySet<number>): Piece[] {
  const atoms = Array.from(nodes, (node, i) => ({ node, mass: weights[i] as number }));
  const bulk = atoms.filter(({ node }) => !known.has(node)).sort((a, b) => a.node - b.node);
  return [
    ...atoms.filter(({ node }) => known.has(node)).map(({ node, mass }) => ({ from: node, to: node, mass })),
    ...bulk.flatMap(({ node, mass }, i) => [
      { from: bulk[i - 1]?.node ?? node, to: node, mass: mass / 2 },
      { from: node, to: bulk[i + 1]?.node ?? node, mass: mass / 2 },
    ]),
  ];
}

/** Where pieces begin or end, ascending, each once. */
function endsOf(byProbe: readonly (readonly Piece[])[]): Float64Array {
  const ends: number[] = [];
  for (const pieces of byProbe) for (const { from, to } of pieces) ends.push(from, to);
  return Float64Array.from(ends)
    .sort()
    .filter((end, i, sorted) => end !== sorted[i - 1]);
}

/** The distribution of one probe between the ends of all pieces, so that probes add up entry by entry. */
interface Grid {
  /** Masses that sit on an end. */
  readonly jumps: Float64Array;
  /** Rates at which mass grows from one end to the next. */
  readonly slopes: Float64Array;
}

/** @param ends ascending; those of the pieces are among them */
function onGrid(pieces: readonly Piece[], ends: Float64Array): Grid {
  const jumps = new Float64Array(ends.length);
  const slopes = new Float64Array(ends.length);
  for (const { from, to, mass } of pieces) {
    const [first, last] = [positionOf(from, ends), positionOf(to, ends)];
    if (first === last) jumps[first] = (jumps[first] as number) + mass;
    for (let i = first; i < last; i++) slopes[i] = (slopes[i] as number) + mass / (to - from);
  }
  return { jumps, slopes };
}

/** The position of a value that is there, by bisection. */
function positionOf(value: number, ascending: Float64Array): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The inverse of the distribution function that is the mean over the probes. */
function inverseOf(grids: readonly Grid[], ends: Float64Array): (probability: number) => number {
  const meanOf = (column: keyof Grid): Float64Array => {
    const mean = new Float64Array(ends.length);
    const share = 1 / grids.length;
    for (const grid of grids) {
      const own = grid[column];
      for (let i = 0; i < own.length; i++) mean[i] = (mean[i] as number) + share * (own[i] as number);
    }
    return mean;
  };
  const [jumps, slopes] = [meanOf('jumps'), meanOf('slopes')];
  return (probability) => {
    let sum = 0;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i] as number;
      sum += jumps[i] as number;
      // Below the lowest end of these probes there is nothing, whatever other probes have there.
      if (sum === 0 && slopes[i] === 0) continue;
      if (sum >= probability - slack) return end;
      const growth = (slopes[i] as number) * ((ends[i + 1] ?? end) - end);
      if (sum + growth >= probability - slack) return end + (probability - sum) / (slopes[i] as number);
      sum += growth;
    }
    return ends.at(-1) ?? 0;
  };
}

export const quantileStatistic = statistic({
  title: 'Quantile',
  description: 'The eigenvalue that the share `probability` of all eigenvalues does not exceed.',
  unit: 'curvature',
  options: { probability: { description: 'The share, 0 to 1.', required: true } },
  sortable: false,
  summarised: [],
  estimate: (spectrum, { probability = 0.5 }) => quantiles(spectrum, [probability])[0] ?? null,
});
