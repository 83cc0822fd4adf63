/** How a run's spectrum changes along its training: statistics at the measured steps, as parallel arrays. */
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Overlap, Run, Spectrum } from '@ritz/database';
import { negativeMass, outliers, trace, type Outliers } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { GradientKind } from '../types/enums.ts';
import type { Loaders } from '../request/loaders.ts';
import { finiteOrNull } from '../request/measured-spectrum.ts';

/** Priced like the statistics of the spectra that a run is assumed to have. */
export const TRAJECTORY_COST = 200;

interface OverlapSeriesShape {
  readonly k: number;
  readonly gradient: Overlap['gradient'];
  readonly fraction: (number | null)[];
}

interface Point {
  readonly step: number;
  readonly outliers: Outliers;
  readonly negativeMass: number;
  readonly trace: number;
}

interface TrajectoryShape {
  readonly points: readonly Point[];
  readonly overlap: readonly OverlapSeriesShape[];
}

const OverlapSeries = builder.objectRef<OverlapSeriesShape>('OverlapSeries').implement({
  description: 'Share of the gradient in the span of the K leading Ritz vectors, along the measured steps.',
  fields: (t) => ({
    k: t.exposeInt('k', { description: 'K, the number of leading Ritz vectors.' }),
    gradient: t.expose('gradient', { type: GradientKind, description: 'Which gradient g.' }),
    fraction: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      description: '|P_K g|^2 / |g|^2, 0 to 1, one for each step of the trajectory; null = not measured there.',
      resolve: ({ fraction }) => fraction,
    }),
  }),
});

export const SpectrumTrajectory = builder.objectRef<TrajectoryShape>('SpectrumTrajectory').implement({
  description: 'Statistics of the spectrum at the measured steps, as parallel arrays of one length.',
  fields: (t) => {
    const column = (description: string, value: (point: Point) => number) =>
      t.field({ type: ['Float'], description, resolve: ({ points }) => points.map(value) });
    const gappyColumn = (description: string, value: (point: Point) => number | null | undefined) =>
      t.field({
        type: ['Float'],
        nullable: { list: false, items: true },
        description,
        resolve: ({ points }) => points.map((point) => finiteOrNull(value(point))),
      });
    return {
      step: t.field({
        type: ['Int'],
        description: 'Numbers of the measured steps, ascending.',
        resolve: ({ points }) => points.map(({ step }) => step),
      }),
      lambdaMax: column('Largest Ritz value, the median over the probes.', (point) => point.outliers.lambdaMax),
      lambdaMin: column('Smallest Ritz value, the median over the probes.', (point) => point.outliers.lambdaMin),
      lambdaK: gappyColumn(
        'K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved.',
        (point) => point.outliers.lambdaK,
      ),
      ratio: gappyColumn(
        'lambdaMax / lambdaK; null where lambdaK is null or not positive.',
        (point) => point.outliers.ratio,
      ),
      outlierCount: t.field({
        type: ['Int'],
        nullable: { list: false, items: true },
        description: 'Eigenvalues above the bulk edge, each resolved by itself; null where residuals were not kept.',
        resolve: ({ points }) => points.map((point) => point.outliers.count),
      }),
      negativeMass: column('Share of eigenvalues below 0, 0 to 1.', (point) => point.negativeMass),
      trace: column('Sum of the eigenvalues.', (point) => point.trace),
      overlap: t.field({
        type: [OverlapSeries],
        description: 'Gradient overlaps, one series for each K and kind of gradient that was measured.',
        resolve: ({ overlap }) => [...overlap],
      }),
    };
  },
});

/** Computes the trajectory of one operator and block; empty arrays where nothing was measured. */
export async function trajectoryOf(
  loaders: Loaders,
  run: Run,
  operator: Spectrum['operator'],
  block: string,
): Promise<TrajectoryShape> {
  const spectra = (await loaders.spectraOfRun.load(run.id))
    .filter((spectrum) => spectrum.operator === operator && spectrum.block === block)
    .sort((a, b) => a.stepNumber - b.stepNumber);
  const [measured, overlaps] = await Promise.all([
    Promise.all(spectra.map((spectrum) => loaders.measured(spectrum))),
    loaders.overlapsOfSpectrum.loadMany(spectra.map(({ id }) => id)),
  ]);
  const points: Point[] = [];
  for (const [index, spectrum] of spectra.entries()) {
    const probes = measured[index];
    if (!probes) continue;
    points.push({
      step: spectrum.stepNumber,
      outliers: outliers(probes, run.classes === null ? {} : { classes: run.classes }),
      negativeMass: negativeMass(probes).value,
      trace: trace(probes).value,
    });
    await otherWork();
  }
  return { points, overlap: overlapSeries(overlaps) };
}

function overlapSeries(overlaps: readonly (readonly Overlap[] | Error)[]): OverlapSeriesShape[] {
  const series = new Map<string, OverlapSeriesShape>();
  overlaps.forEach((measured, position) => {
    if (measured instanceof Error) throw measured;
    for (const { k, gradient, fraction } of measured) {
      const key = `${gradient} ${String(k)}`;
      const one = series.get(key) ?? { k, gradient, fraction: overlaps.map(() => null) };
      one.fraction[position] = fraction;
      series.set(key, one);
    }
  });
  return [...series.values()].sort((a, b) => a.gradient.localeCompare(b.gradient) || a.k - b.k);
}
