/** The blocks of one matrix at one step of a run, side by side: densities on one grid, and the distances between them. */
import { assumedListLength, builder } from '../builder.ts';
import { badInput } from '../input/badInput.ts';
import { allRepresentable, representable } from '../request/measuredSpectrum.ts';
import { blocksOf } from '../run/blockStatistics.ts';
import { densityCost, densityOptions, GridInput, scaleArguments, SmoothingInput } from '../spectrum/density.ts';
import { seriesAmong, seriesOf } from '../spectrum/series.ts';
import { CurvatureOperator, KernelName, Preconditioner, QuadratureMethod } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { failsAlone, itemsFailAlone } from '../types/semanticNonNull.ts';
import { ComparisonEntry, DistanceMatrix, distancesOf, withDensities } from './comparison.ts';
import { comparisonOf, type EntryShape, type PointComparison } from './points.ts';

/** Distances are of all pairs. */
const maxBlocks = 200;

interface BlockComparisonShape {
  readonly step: number;
  readonly entries: readonly EntryShape[];
  /** Computed when requested. */
  readonly comparison: () => Promise<PointComparison>;
}

const BlockComparison = builder.objectRef<BlockComparisonShape>('BlockComparison').implement({
  description: 'The blocks of one matrix at one step, on one grid and with one kernel.',
  fields: (t) => ({
    step: t.exposeInt('step', { description: 'Number of the step.' }),
    entries: t.field({
      type: [ComparisonEntry],
      ...itemsFailAlone,
      description:
        'The blocks that were measured there, in alphabetical order with numbers by their value; `spectrum.block` names them.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ entries, comparison }) => withDensities(entries, comparison),
    }),
    lambda: t.field({
      type: ['Float'],
      ...failsAlone,
      description: 'The grid that all densities share, ascending, in units of the eigenvalues.',
      resolve: async ({ comparison }) => allRepresentable((await comparison()).lambda),
    }),
    sigma: t.float({
      ...failsAlone,
      description: 'Standard deviation of the kernel that all densities share.',
      resolve: async ({ comparison }) => representable((await comparison()).sigma),
    }),
    distances: t.field({
      type: DistanceMatrix,
      ...failsAlone,
      description: 'Distances between the blocks, in the order of `entries`.',
      resolve: async ({ comparison }) => distancesOf(await comparison()),
    }),
  }),
});

builder.objectField(Run, 'blockComparison', (t) =>
  t.field({
    type: BlockComparison,
    nullable: true,
    description:
      'Densities and distances of the blocks of one operator and preconditioner at one step; null if none was measured there.',
    args: {
      step: t.arg.int({ required: true, description: 'Step number.' }),
      operator: t.arg({ type: CurvatureOperator, defaultValue: 'hessian', description: 'Which matrix.' }),
      preconditioner: t.arg({
        type: Preconditioner,
        defaultValue: 'none',
        description: 'The preconditioner.',
      }),
      blocks: t.arg.stringList({ description: 'Only these blocks; all of them, at most 200, unless given.' }),
      smoothing: t.arg({ type: SmoothingInput, description: 'Width of the common kernel; AUTO unless given.' }),
      grid: t.arg({ type: GridInput, description: 'The common grid; 1024 points over all spectra unless given.' }),
      method: t.arg({
        type: QuadratureMethod,
        defaultValue: 'variance-reduced',
        description: 'How the probes are combined.',
      }),
      kernel: t.arg({ type: KernelName, defaultValue: 'gaussian', description: 'Shape of the common kernel.' }),
      ...scaleArguments(t.arg),
    },
    complexity: (request) => {
      const blocks = request.blocks?.length ?? assumedListLength;
      return { field: blocks * densityCost(request).field, multiplier: Math.max(1, blocks) };
    },
    resolve: async (run, { step, blocks, ...request }, context) => {
      const options = densityOptions(request);
      const ofStep = (await blocksOf(context.loaders, run.id, seriesOf(request))).filter(
        ({ stepNumber }) => stepNumber === step,
      );
      const names = seriesAmong(ofStep).map(({ block }) => block);
      const missing = blocks?.find((block) => !names.includes(block));
      if (missing !== undefined) {
        throw badInput(
          `blocks: expected names among ${names.join(', ') || 'none'}, got ${JSON.stringify(missing)}, which was not measured at step ${step}. Leave it out.`,
        );
      }
      const chosen = blocks ? names.filter((name) => blocks.includes(name)) : names;
      if (chosen.length === 0) return null;
      if (chosen.length > maxBlocks) {
        throw badInput(`blocks: expected at most ${maxBlocks}, got ${chosen.length}. Name those to compare.`);
      }
      const entries = chosen.flatMap((block) => {
        const spectrum = ofStep.find((one) => one.block === block);
        return spectrum ? [{ run, spectrum, position: step }] : [];
      });
      let computing: Promise<PointComparison> | undefined;
      const compute = async (): Promise<PointComparison> => {
        const comparison = await comparisonOf(context, entries, options);
        if (comparison) return comparison;
        throw new Error('Blocks that were measured have no comparison.');
      };
      return { step, entries, comparison: () => (computing ??= compute()) };
    },
  }),
);
