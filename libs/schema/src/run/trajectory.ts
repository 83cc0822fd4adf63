/** How a run's spectrum changes along its training: statistics at the measured steps, as parallel arrays. */
import type { Overlap, Run, Spectrum } from '@ritz/database';
import { outliers, statisticNames, statistics, type Outliers, type StatisticName } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { GradientKind } from '../types/enums.ts';
import type { RequestContext } from '../request/context.ts';
import type { Loaders } from '../request/loaders.ts';
import { finiteOrNull, representable } from '../request/measuredSpectrum.ts';
import { estimateOf, optionArguments, type GivenOptions } from '../spectrum/catalogue.ts';
import { derived } from '../spectrum/derived.ts';
import { isOfSeries, seriesAmong, type Series } from '../spectrum/series.ts';

/** Priced like the statistics of the spectra that a run is assumed to have: the first column decomposes them all. */
export const trajectoryCost = 180;
const columnCost = { field: 20, multiplier: 1 };

interface OverlapSeriesShape {
  readonly k: number;
  readonly gradient: Overlap['gradient'];
  readonly fraction: (number | null)[];
}

interface TrajectoryShape {
  /** Of one series, ascending by step. */
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

function outliersOf(context: RequestContext, spectrum: Spectrum, classes: number | null): Promise<Outliers> {
  return derived(context, spectrum, ['outliers', classes, null], (measured) =>
    outliers(measured, classes === null ? {} : { classes }),
  );
}

/** The statistic of each spectrum, computed when its column is asked for. */
function column(name: StatisticName) {
  const { nullable } = statistics[name];
  return ({ spectra, classes }: TrajectoryShape, given: GivenOptions, context: RequestContext) =>
    Promise.all(
      spectra.map(async (spectrum) => {
        const found = await estimateOf(context, spectrum, name, given, classes);
        return nullable ? finiteOrNull(found?.value) : representable(found?.value ?? NaN);
      }),
    );
}

export const SpectrumTrajectory = builder.objectRef<TrajectoryShape>('SpectrumTrajectory').implement({
  description:
    'Statistics of the spectrum at the measured steps, as parallel arrays of one length; each is computed when asked for.',
  fields: (t) => {
    const series = (name: StatisticName) => {
      const { integer, nullable, description } = statistics[name];
      return t.field({
        type: [integer ? 'Int' : 'Float'],
        nullable: { list: false, items: nullable },
        description,
        args: optionArguments(name, t.arg),
        complexity: columnCost,
        resolve: column(name),
      });
    };
    return {
      step: t.field({
        type: ['Int'],
        description: 'Numbers of the measured steps, ascending.',
        resolve: ({ spectra }) => spectra.map(({ stepNumber }) => stepNumber),
      }),
      ...Object.fromEntries(
        statisticNames.filter((name) => statistics[name].perStep).map((name) => [name, series(name)]),
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

/** The spectra of one series; none where nothing was measured. */
export async function trajectoryOf(loaders: Loaders, run: Run, series: Series): Promise<TrajectoryShape> {
  const spectra = (await loaders.shownSpectraOfRun.load(run.id)).filter((spectrum) => isOfSeries(spectrum, series));
  return { spectra: [...spectra].sort((a, b) => a.stepNumber - b.stepNumber), classes: run.classes };
}

/** Outliers of the last spectrum of a run: of the whole Hessian, or of what was measured instead; null if nothing was. */
export async function lastOutliers(context: RequestContext, runId: string): Promise<Outliers | null> {
  const run = await context.loaders.run.load(runId);
  const [series] = seriesAmong(await context.loaders.shownSpectraOfRun.load(runId));
  const last = run && series && (await trajectoryOf(context.loaders, run, series)).spectra.at(-1);
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
