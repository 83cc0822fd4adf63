/** Measures what is due at a step: whole matrices one after the other, the blocks of each together. */
import { parameterBlocks, preconditioned, type CurvatureOperator, type MeasurableCurvature } from '@ritz/estimation';
import type { Preconditioner } from '@ritz/records';
import { KeptSpaces } from './KeptSpaces.ts';
import type { Optimiser } from '../optimisation/Optimiser.ts';
import { measureBlocks } from './measureBlocks.ts';
import { measureSpectrum, type MeasureOptions } from './measureSpectrum.ts';
import { measureResumably } from './resumableSpectrum.ts';
import { lanczosRuns, type SpectrumSeries } from './SpectrumSeries.ts';
import type { SpectrumProblem } from './spectrumProblem.ts';
import { modelParts, type TrainingDirections } from './topSpace.ts';
import type { TrainOptions } from './TrainOptions.ts';

interface DueSeries {
  readonly step: number;
  readonly due: readonly SpectrumSeries[];
  readonly problems: ReadonlyMap<CurvatureOperator, SpectrumProblem>;
  readonly optimiser: Optimiser;
  readonly directions: TrainingDirections;
}

/** At the point that the problems are set to. Calls `onSpectrum` of the options with each as it is measured. */
export async function measureSeries(
  options: TrainOptions,
  { step, due, problems, optimiser, directions }: DueSeries,
): Promise<void> {
  const { engine, signal, onProgress, spectrum: settings, checkpoint, model, spectra = {} } = options;
  const runs = lanczosRuns(due);
  const parts = modelParts(model, spectra.blocks);
  const spacesOf = (series: SpectrumSeries): KeptSpaces | undefined =>
    checkpoint && new KeptSpaces(spacesDirectory(checkpoint.file), series);
  for (const [index, run] of runs.entries()) {
    const [first] = run;
    const problem = first && problems.get(first.operator);
    if (!first || !problem) throw new RangeError('An operator is due that was not prepared.');
    const { operator, preconditioner } = first;
    const measuring: MeasureOptions = {
      ...problem,
      ...{ engine, step, settings, operator, preconditioner, directions },
      hessian: matrixOf(problem.hessian, preconditioner, optimiser),
      ...(signal && { signal }),
      ...(onProgress && {
        onProgress: ({ done, total }) =>
          onProgress({ step, lanczos: { done: index * total + done, total: runs.length * total } }),
      }),
    };
    if (first.block === 'all') {
      const spaces = spacesOf(first);
      const whole = { ...measuring, parts, ...(spaces && { spaces }) };
      const measured = await (checkpoint
        ? measureResumably(whole, `${checkpoint.file}${stateSuffix(first)}`)
        : measureSpectrum(whole));
      await options.onSpectrum?.(measured);
    } else {
      const names = new Set(run.map(({ block }) => block));
      const blocks = parameterBlocks(model, spectra.blocks ?? {}).filter(({ name }) => names.has(name));
      const records = await measureBlocks(measuring, model, blocks, (block) => spacesOf({ ...first, block }));
      for (const record of records) await options.onSpectrum?.(record);
    }
  }
}

/** Where the spaces of the steps that were measured are kept until the training ends. */
export function spacesDirectory(checkpoint: string): string {
  return `${checkpoint}.spaces`;
}

/** The name that the state of the whole Hessian always had; of another matrix it says which. */
function stateSuffix({ operator, preconditioner }: SpectrumSeries): string {
  const isPlain = operator === 'hessian' && preconditioner === 'none';
  return isPlain ? '.lanczos' : `.${operator}-${preconditioner}.lanczos`;
}

function matrixOf(
  matrix: MeasurableCurvature,
  preconditioner: Preconditioner,
  optimiser: Optimiser,
): MeasurableCurvature {
  if (preconditioner === 'none') return matrix;
  const diagonal = optimiser.preconditioner();
  if (diagonal === null) throw new RangeError('A preconditioner is due before the optimiser has one.');
  return preconditioned(matrix, diagonal);
}
