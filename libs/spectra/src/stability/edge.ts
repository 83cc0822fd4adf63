/** Where a training is between stability and divergence: its largest eigenvalue against the limit of its optimiser. */

/** A step at which λ1 was measured, ascending. */
export interface EdgePoint {
  readonly step: number;
  /** λ1 of the matrix that the limit is of. */
  readonly lambda1: number;
  /** Null where it is not known. */
  readonly limit: number | null;
}

/** How far from 1 the ratio λ1/limit may be, as a share, where a step counts as on the edge. */
export const defaultEdgeTolerance = 0.1;

/** λ1/limit: below 1 a step is stable, at 1 on the edge of stability (Cohen et al., arXiv 2103.00065), above 1 beyond it. */
export function edgeRatio({ lambda1, limit }: Pick<EdgePoint, 'lambda1' | 'limit'>): number | null {
  return limit === null ? null : lambda1 / limit;
}

export interface EdgeStatistic {
  readonly title: string;
  /** One sentence, in ASCII. */
  readonly description: string;
  readonly unit: 'ratio' | 'share' | 'step';
  /** `points`: those with a limit, at least one. */
  estimate(points: readonly RatioPoint[], tolerance: number): number | null;
}

interface RatioPoint {
  readonly step: number;
  readonly ratio: number;
}

function shareOf(points: readonly RatioPoint[], isOne: (point: RatioPoint) => boolean): number {
  return points.filter(isOne).length / points.length;
}

/** Every number that sums up a run against its limit, once: fields of GraphQL are made from this list. */
export const edgeStatistics = {
  lastRatio: {
    title: 'λ1 / limit, last',
    description: 'lambda1 / limit at the last measured step.',
    unit: 'ratio',
    estimate: (points) => points.at(-1)?.ratio ?? null,
  },
  largestRatio: {
    title: 'λ1 / limit, largest',
    description: 'The largest lambda1 / limit of all measured steps.',
    unit: 'ratio',
    estimate: (points) => points.reduce((most, { ratio }) => Math.max(most, ratio), -Infinity),
  },
  shareOnEdge: {
    title: 'Share of steps on the edge',
    description: 'Share of the measured steps at which lambda1 / limit is from 1 - tolerance to 1 + tolerance.',
    unit: 'share',
    estimate: (points, tolerance) => shareOf(points, ({ ratio }) => Math.abs(ratio - 1) <= tolerance),
  },
  shareBeyond: {
    title: 'Share of steps beyond the edge',
    description: 'Share of the measured steps at which lambda1 / limit is above 1 + tolerance.',
    unit: 'share',
    estimate: (points, tolerance) => shareOf(points, ({ ratio }) => ratio > 1 + tolerance),
  },
  onset: {
    title: 'Onset of the edge',
    description: 'The first measured step at which lambda1 / limit is at least 1 - tolerance; null if there is none.',
    unit: 'step',
    estimate: (points, tolerance) => points.find(({ ratio }) => ratio >= 1 - tolerance)?.step ?? null,
  },
} as const satisfies Readonly<Record<string, EdgeStatistic>>;

export type EdgeStatisticName = keyof typeof edgeStatistics;

export const edgeStatisticNames = Object.keys(edgeStatistics) as readonly EdgeStatisticName[];

/** Null where no point has a limit, and where there is no such step. */
export function estimateEdge(
  name: EdgeStatisticName,
  points: readonly EdgePoint[],
  tolerance = defaultEdgeTolerance,
): number | null {
  const limited = points.flatMap((point) => {
    const ratio = edgeRatio(point);
    return ratio === null ? [] : [{ step: point.step, ratio }];
  });
  return limited.length === 0 ? null : edgeStatistics[name].estimate(limited, tolerance);
}
