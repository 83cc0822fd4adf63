/** How a run's spectrum changes along its training: statistics at the measured steps, as parallel arrays. */
import type { Overlap, OverlapTrajectory, Run, Spectrum } from '@ritz/database';
import {
  outliers,
  statisticNames,
  statistics,
  summaryKey,
  summaryKeys,
  type Outliers,
  type StatisticName,
} from '@ritz/spectra';
import { builder } from '../builder.ts';
import { GradientKind } from '../types/enums.ts';
import type { RequestContext } from '../request/context.ts';
import { finiteOrNull, representable } from '../request/measuredSpectrum.ts';
import { chosenOptions, estimateOf, optionArguments, type GivenOptions } from '../spectrum/catalogue.ts';
import { derived } from '../spectrum/derived.ts';
import { seriesAmong, type Series } from '../spectrum/series.ts';
import { GraphQLError } from 'graphql';
import { ofRow } from '../request/rows.ts';
import { itemsFailAlone } from '../types/semanticNonNull.ts';

/** Priced like the statistics of the spectra that a run is assumed to have: the first column decomposes them all. */
export const trajectoryCost = 180;
const columnCost = { field: 20, multiplier: 1 };

interface OverlapSeriesShape {
  readonly k: number;
  readonly gradient: Overlap['gradient'];
  readonly fraction: (number | null)[];
}

interface TrajectoryShape {
  readonly run: Run;
  readonly series: Series;
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

/** Spectra at these positions of a trajectory. */
async function spectraAt({ loaders }: RequestContext, ids: readonly string[]): Promise<Spectrum[]> {
  const found = await loaders.spectrum.loadMany(ids);
  return found.map((spectrum, at) => {
    if (spectrum instanceof Error) throw spectrum;
    if (spectrum === null) throw new Error(`The spectrum ${String(ids[at])} was deleted while it was being read.`);
    return spectrum;
  });
}

/** The statistic of each spectrum: as stored, or computed when its column is asked for. */
function column(name: StatisticName) {
  const { nullable } = statistics[name];
  return async ({ run, series }: TrajectoryShape, given: GivenOptions, context: RequestContext) => {
    const key = summaryKey(name, chosenOptions(name, given));
    const statistic = summaryKeys.includes(key) ? key : null;
    const { ids, values } = await context.loaders.trajectory.load({ runId: run.id, series, statistic });
    // What every spectrum has, but this one does not, is computed again for the error that says why.
    const isKnown = (at: number): boolean => statistic !== null && (nullable || values[at] !== null);
    const absent = ids.filter((_, at) => !isKnown(at));
    const computed = await Promise.allSettled(
      (await spectraAt(context, absent)).map((spectrum) => estimateOf(context, spectrum, name, given, run.classes)),
    );
    const found = new Map(absent.map((id, at) => [id, computed[at]]));
    return ids.map((id, at) => {
      const outcome = isKnown(at) ? undefined : found.get(id);
      return failingAlone(id, () => {
        if (outcome?.status === 'rejected') throw outcome.reason;
        const value = outcome ? outcome.value?.value : values[at];
        return nullable ? finiteOrNull(value) : representable(value ?? NaN);
      });
    });
  };
}

/** The value, or the error in its place, which GraphQL takes as that of one item: what ends the request, or is wrong for all, is thrown. */
function failingAlone(id: string, value: () => number | null): number | null {
  try {
    return value();
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'NOT_COMPUTABLE') throw error;
    return ofRow(error, { type: 'Spectrum', id }) as never;
  }
}

export const SpectrumTrajectory = builder.objectRef<TrajectoryShape>('SpectrumTrajectory').implement({
  description:
    'Statistics of the spectrum at the measured steps, as parallel arrays of one length; each is computed when asked for.',
  fields: (t) => {
    const series = (name: StatisticName) => {
      const { integer, nullable, description } = statistics[name];
      return t.field({
        type: [integer ? 'Int' : 'Float'],
        ...(nullable ? { nullable: { list: false, items: true } as const } : itemsFailAlone),
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
        resolve: async ({ run, series }, _arguments, { loaders }) => [
          ...(await loaders.trajectory.load({ runId: run.id, series, statistic: null })).steps,
        ],
      }),
      dataSize: t.field({
        type: ['SafeInt'],
        description: 'Examples that the loss of each spectrum was taken over.',
        resolve: async ({ run, series }, _arguments, { loaders }) => [
          ...(await loaders.trajectory.load({ runId: run.id, series, statistic: null })).dataSizes,
        ],
      }),
      ...Object.fromEntries(
        statisticNames.filter((name) => statistics[name].perStep).map((name) => [name, series(name)]),
      ),
      overlap: t.field({
        type: [OverlapSeries],
        description: 'Gradient overlaps, one series for each K and kind of gradient that was measured.',
        resolve: async ({ run, series }, _arguments, { loaders }) => {
          const [{ steps }, overlaps] = await Promise.all([
            loaders.trajectory.load({ runId: run.id, series, statistic: null }),
            loaders.overlapTrajectories.load({ runId: run.id, series }),
          ]);
          return overlaps.map((one) => alongSteps(one, steps));
        },
      }),
    };
  },
});

/** Outliers of the last spectrum of a run: of the whole Hessian, or of what was measured instead; null if nothing was. */
export async function lastOutliers(context: RequestContext, runId: string): Promise<Outliers | null> {
  const { loaders } = context;
  const run = await loaders.run.load(runId);
  const [series] = seriesAmong(await loaders.seriesOfRun.load(runId));
  if (!run || !series) return null;
  const { ids } = await loaders.trajectory.load({ runId, series, statistic: null });
  const [last] = await spectraAt(context, ids.slice(-1));
  return last ? outliersOf(context, last, run.classes) : null;
}

/** Null at the steps where it was not measured. */
function alongSteps({ k, gradient, steps: measured, fractions }: OverlapTrajectory, steps: readonly number[]) {
  const known = new Map(measured.map((step, at) => [step, fractions[at]]));
  return { k, gradient, fraction: steps.map((step) => known.get(step) ?? null) };
}
