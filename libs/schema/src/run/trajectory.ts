/** How a run's spectrum changes along its training: statistics at the measured steps, as parallel arrays. */
import type { Overlap, Run, Spectrum } from '@ritz/database';
import {
  effectiveRank,
  frobeniusNorm,
  massNearZero,
  negativeMass,
  outliers,
  quantiles,
  trace,
  type Estimate,
  type MeasuredSpectrum,
  type Outliers,
} from '@ritz/spectra';
import { badInput } from '../input/bad-input.ts';
import { builder } from '../builder.ts';
import { GradientKind } from '../types/enums.ts';
import type { RequestContext } from '../request/context.ts';
import type { Loaders } from '../request/loaders.ts';
import { finiteOrNull, representable } from '../request/measured-spectrum.ts';
import { derived } from '../spectrum/derived.ts';

/** Priced like the statistics of the spectra that a run is assumed to have: the first column decomposes them all. */
export const TRAJECTORY_COST = 180;
const columnCost = { field: 20, multiplier: 1 };

interface OverlapSeriesShape {
  readonly k: number;
  readonly gradient: Overlap['gradient'];
  readonly fraction: (number | null)[];
}

interface TrajectoryShape {
  /** One operator and block, ascending by step. */
  readonly spectra: readonly Spectrum[];
  /** K of lambdaMax / lambdaK. */
  readonly classes: number | null;
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

/** The statistic of each spectrum, computed when its column is asked for. */
type Statistic = (context: RequestContext, spectrum: Spectrum, classes: number | null) => Promise<number | null>;

function column(statistic: Statistic) {
  return ({ spectra, classes }: TrajectoryShape, _arguments: object, context: RequestContext) =>
    Promise.all(spectra.map(async (spectrum) => finiteOrNull(await statistic(context, spectrum, classes))));
}

/** A statistic that every spectrum has. */
function wholeColumn(statistic: Statistic) {
  return ({ spectra, classes }: TrajectoryShape, _arguments: object, context: RequestContext) =>
    Promise.all(spectra.map(async (spectrum) => representable((await statistic(context, spectrum, classes)) ?? NaN)));
}

function outliersOf(context: RequestContext, spectrum: Spectrum, classes: number | null): Promise<Outliers> {
  return derived(context, spectrum, ['outliers', classes, null], (measured) =>
    outliers(measured, classes === null ? {} : { classes }),
  );
}

function ofOutliers(pick: (found: Outliers) => number | null): Statistic {
  return async (context, spectrum, classes) => pick(await outliersOf(context, spectrum, classes));
}

function ofEstimate(name: string, estimate: (measured: MeasuredSpectrum) => Estimate): Statistic {
  return async (context, spectrum) => (await derived(context, spectrum, [name], estimate)).value;
}

function massWithin(share: number): Statistic {
  return async (context, spectrum, classes) => {
    const { lambdaMax } = await outliersOf(context, spectrum, classes);
    const { value } = await derived(context, spectrum, ['massWithin', share], (measured) =>
      massNearZero(measured, share * lambdaMax),
    );
    return value;
  };
}

/** @throws GraphQLError BAD_USER_INPUT for what is no share. */
function quantileAt(probability: number): Statistic {
  return async (context, spectrum) => {
    const [found] = await derived(context, spectrum, ['quantiles', [probability]], (measured) =>
      quantiles(measured, [probability]),
    );
    return found?.value ?? null;
  };
}

export const SpectrumTrajectory = builder.objectRef<TrajectoryShape>('SpectrumTrajectory').implement({
  description:
    'Statistics of the spectrum at the measured steps, as parallel arrays of one length; each is computed when asked for.',
  fields: (t) => {
    const whole = (description: string, statistic: Statistic) =>
      t.field({ type: ['Float'], description, complexity: columnCost, resolve: wholeColumn(statistic) });
    const gappy = (description: string, statistic: Statistic) =>
      t.field({
        type: ['Float'],
        nullable: { list: false, items: true },
        description,
        complexity: columnCost,
        resolve: column(statistic),
      });
    return {
      step: t.field({
        type: ['Int'],
        description: 'Numbers of the measured steps, ascending.',
        resolve: ({ spectra }) => spectra.map(({ stepNumber }) => stepNumber),
      }),
      lambdaMax: whole(
        'Largest Ritz value, the median over the probes.',
        ofOutliers(({ lambdaMax }) => lambdaMax),
      ),
      lambdaMin: whole(
        'Smallest Ritz value, the median over the probes.',
        ofOutliers(({ lambdaMin }) => lambdaMin),
      ),
      lambdaK: gappy(
        'K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved.',
        ofOutliers(({ lambdaK }) => lambdaK),
      ),
      ratio: gappy(
        'lambdaMax / lambdaK; null where lambdaK is null or not positive.',
        ofOutliers(({ ratio }) => ratio),
      ),
      outlierCount: t.field({
        type: ['Int'],
        nullable: { list: false, items: true },
        description: 'Eigenvalues above the bulk edge, each resolved by itself; null where residuals were not kept.',
        complexity: columnCost,
        resolve: column(ofOutliers(({ count }) => count)),
      }),
      negativeMass: whole('Share of eigenvalues below 0, 0 to 1.', ofEstimate('negativeMass', negativeMass)),
      massNearZero: whole(
        'Share of eigenvalues of magnitude at most 1e-4 of the largest, 0 to 1.',
        ofEstimate('massNearZero', massNearZero),
      ),
      massWithin: t.field({
        type: ['Float'],
        description: 'Share of eigenvalues of magnitude at most `share` times lambdaMax, 0 to 1.',
        args: { share: t.arg.float({ required: true, description: 'Of lambdaMax, at least 0.' }) },
        complexity: columnCost,
        resolve: (shape, { share }, context) => {
          if (!(Number.isFinite(share) && share >= 0)) {
            throw badInput(`share: got ${String(share)}, expected a finite number of at least 0.`);
          }
          return wholeColumn(massWithin(share))(shape, {}, context);
        },
      }),
      quantile: t.field({
        type: ['Float'],
        description: 'The eigenvalue that the share `probability` of all eigenvalues does not exceed.',
        args: { probability: t.arg.float({ required: true, description: 'The share, 0 to 1.' }) },
        complexity: columnCost,
        resolve: (shape, { probability }, context) => wholeColumn(quantileAt(probability))(shape, {}, context),
      }),
      trace: whole('Sum of the eigenvalues.', ofEstimate('trace', trace)),
      frobeniusNorm: whole(
        'Square root of the sum of the squared eigenvalues.',
        ofEstimate('frobeniusNorm', frobeniusNorm),
      ),
      effectiveRank: whole(
        'How many eigenvalues the spectrum effectively has: exp of the entropy of |lambda_i| / sum |lambda_j|.',
        ofEstimate('effectiveRank', effectiveRank),
      ),
      overlap: t.field({
        type: [OverlapSeries],
        description: 'Gradient overlaps, one series for each K and kind of gradient that was measured.',
        resolve: async ({ spectra }, _arguments, { loaders }) =>
          overlapSeries(await loaders.overlapsOfSpectrum.loadMany(spectra.map(({ id }) => id))),
      }),
    };
  },
});

/** The spectra of one operator and block; none where nothing was measured. */
export async function trajectoryOf(
  loaders: Loaders,
  run: Run,
  operator: Spectrum['operator'],
  block: string,
): Promise<TrajectoryShape> {
  const spectra = (await loaders.spectraOfRun.load(run.id)).filter(
    (spectrum) => spectrum.operator === operator && spectrum.block === block,
  );
  return { spectra: [...spectra].sort((a, b) => a.stepNumber - b.stepNumber), classes: run.classes };
}

/** Outliers of the last spectrum of the whole Hessian of a run; null if none was measured. */
export async function lastOutliers(context: RequestContext, runId: string): Promise<Outliers | null> {
  const run = await context.loaders.run.load(runId);
  const last = run && (await trajectoryOf(context.loaders, run, 'HESSIAN', 'all')).spectra.at(-1);
  return last ? outliersOf(context, last, run.classes) : null;
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
