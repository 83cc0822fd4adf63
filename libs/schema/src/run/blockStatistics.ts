/** Statistics of all blocks of one matrix along a training: matrices of blocks by steps, for heat maps and tables. */
import type { Spectrum } from '@ritz/database';
import { statisticNames, statistics, type Estimate, type StatisticName } from '@ritz/spectra';
import { builder } from '../builder.ts';
import type { RequestContext } from '../request/context.ts';
import type { Loaders } from '../request/loaders.ts';
import { finiteOrNull } from '../request/measuredSpectrum.ts';
import { estimateOf, optionArguments, type GivenOptions } from '../spectrum/catalogue.ts';
import { isOfSeries, seriesAmong, seriesOf, type Series } from '../spectrum/series.ts';
import { CurvatureOperator, GradientKind, Preconditioner } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { failsAlone } from '../types/semanticNonNull.ts';

/** Priced like a trajectory of each of the blocks that a run is assumed to have. */
const blockStatisticsCost = 400;

interface BlockStatisticsShape {
  readonly blocks: readonly string[];
  /** Ascending. */
  readonly steps: readonly number[];
  /** By block, then by step; null where the block was not measured. */
  readonly spectra: readonly (readonly (Spectrum | null)[])[];
  /** K of lambdaMax / lambdaK. */
  readonly classes: number | null;
}

/** By block, then by step. */
type Matrix<Value> = readonly (readonly (Value | null)[])[];

const StatisticMatrix = builder.objectRef<Matrix<Estimate>>('StatisticMatrix').implement({
  description: 'A statistic of every block at every step: a row for each block, in it an entry for each step.',
  fields: (t) => {
    const part = (description: string, of: (estimate: Estimate | null) => number | null | undefined) =>
      t.field({
        type: t.listRef(t.listRef('Float', { nullable: true })),
        description,
        resolve: (matrix) => matrix.map((row) => row.map((estimate) => finiteOrNull(of(estimate)))),
      });
    return {
      value: part('Mean over the probes; null where the block was not measured or has no such value.', (estimate) =>
        estimate === null ? null : estimate.value,
      ),
      standardError: part(
        'Standard error over the probes, in the unit of `value`; null with a single probe too.',
        (estimate) => estimate?.standardError,
      ),
    };
  },
});

async function matrixOf<Value>(
  spectra: BlockStatisticsShape['spectra'],
  of: (spectrum: Spectrum) => Promise<Value | null>,
): Promise<(Value | null)[][]> {
  return Promise.all(spectra.map((row) => Promise.all(row.map((spectrum) => (spectrum ? of(spectrum) : null)))));
}

/** The statistic of each spectrum, computed when it is asked for. */
function statisticOf(name: StatisticName) {
  return ({ spectra, classes }: BlockStatisticsShape, given: GivenOptions, context: RequestContext) =>
    matrixOf(spectra, (spectrum) => estimateOf(context, spectrum, name, given, classes));
}

const BlockStatistics = builder.objectRef<BlockStatisticsShape>('BlockStatistics').implement({
  description:
    'Statistics of all blocks of one matrix at the measured steps. Matrices have a row for each of `blocks`, in it an entry for each ' +
    'of `steps`; null where a block was not measured.',
  fields: (t) => {
    const matrix = (name: StatisticName) =>
      t.field({
        type: StatisticMatrix,
        ...failsAlone,
        description: statistics[name].description,
        args: optionArguments(name, t.arg),
        complexity: { field: 20, multiplier: 1 },
        resolve: statisticOf(name),
      });
    return {
      blocks: t.field({
        type: ['String'],
        description: 'Names of the blocks, in alphabetical order with numbers by their value.',
        resolve: ({ blocks }) => [...blocks],
      }),
      parameterCount: t.field({
        type: ['SafeInt'],
        description: 'Parameters of each block.',
        resolve: ({ spectra }) => spectra.map((row) => row.find((one) => one !== null)?.parameterCount ?? 0),
      }),
      steps: t.field({
        type: ['Int'],
        description: 'Numbers of the steps at which any block was measured, ascending.',
        resolve: ({ steps }) => [...steps],
      }),
      spectrum: t.field({
        type: t.listRef(t.listRef('ID', { nullable: true })),
        description: 'Ids of the spectra, for their densities.',
        resolve: ({ spectra }) => spectra.map((row) => row.map((one) => one?.id ?? null)),
      }),
      ...Object.fromEntries(
        statisticNames.filter((name) => statistics[name].perStep).map((name) => [name, matrix(name)]),
      ),
      gradientOverlap: t.field({
        type: t.listRef(t.listRef('Float', { nullable: true })),
        description:
          '|P_K g|^2 / |g|^2, 0 to 1, of each block’s own gradient g: its share in the span of the K leading Ritz vectors of the block.',
        args: {
          k: t.arg.int({ required: true, description: 'K, the number of leading Ritz vectors.' }),
          gradient: t.arg({ type: GradientKind, defaultValue: 'full-batch', description: 'Which gradient g.' }),
        },
        resolve: ({ spectra }, { k, gradient }, { loaders }) =>
          matrixOf(spectra, async ({ id }) => {
            const overlaps = await loaders.overlapsOfSpectrum.load(id);
            return overlaps.find((one) => one.k === k && one.gradient === gradient)?.fraction ?? null;
          }),
      }),
    };
  },
});

/** Spectra of the blocks of one matrix: those that are not of all parameters. */
export async function blocksOf(
  loaders: Loaders,
  runId: string,
  { operator, preconditioner }: Pick<Series, 'operator' | 'preconditioner'>,
): Promise<Spectrum[]> {
  const spectra = await loaders.shownSpectraOfRun.load(runId);
  return spectra.filter((spectrum) => spectrum.block !== 'all' && isOfSeries(spectrum, { operator, preconditioner }));
}

builder.objectField(Run, 'blockStatistics', (t) =>
  t.field({
    type: BlockStatistics,
    description: 'Statistics of all blocks of one operator and preconditioner over the measured steps.',
    args: {
      operator: t.arg({ type: CurvatureOperator, defaultValue: 'hessian', description: 'Which matrix.' }),
      preconditioner: t.arg({
        type: Preconditioner,
        defaultValue: 'none',
        description: 'The preconditioner.',
      }),
    },
    complexity: { field: blockStatisticsCost, multiplier: 1 },
    resolve: async ({ id, classes }, asked, { loaders }) => {
      const spectra = await blocksOf(loaders, id, seriesOf(asked));
      const steps = [...new Set(spectra.map(({ stepNumber }) => stepNumber))].sort((a, b) => a - b);
      const blocks = seriesAmong(spectra).map(({ block }) => block);
      const found = new Map(spectra.map((one) => [JSON.stringify([one.block, one.stepNumber]), one]));
      return {
        blocks,
        steps,
        spectra: blocks.map((block) => steps.map((step) => found.get(JSON.stringify([block, step])) ?? null)),
        classes,
      };
    },
  }),
);
