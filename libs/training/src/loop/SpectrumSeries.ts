/** The matrices whose spectra a run takes at a step. */
import { parameterBlocks, type BlockSelection, type CurvatureOperator, type Model } from '@ritz/estimation';
import { optimiserKinds, type OptimiserKind, type Preconditioner, type SpectrumValues } from '@ritz/records';
import { TrainingError } from '../error/TrainingError.ts';
import { optimisers } from '../optimisation/optimisers.ts';

export type SpectrumSeries = Pick<SpectrumValues, 'operator' | 'block' | 'preconditioner'>;

/** Known by their operator, whether it is preconditioned, and their block. */
export interface SpectrumChoice {
  /** Default: the Hessian. */
  readonly operators?: readonly CurvatureOperator[];
  /** Also P^(-1/2) A P^(-1/2) of each operator A, with the P that the optimiser divides its steps by: from its first update on. */
  readonly preconditioned?: boolean;
  /** Also of each block of parameters, all blocks of an operator together. */
  readonly blocks?: BlockSelection;
  /** Also how much of each Ritz vector is in the span of the class means of the gradients. */
  readonly classStructure?: boolean;
}

/** Throws an EstimationError or a TrainingError (BAD_OPTION) for a choice that the model or the optimiser does not have. */
export function checkChoice(
  { preconditioned, blocks, classStructure }: SpectrumChoice,
  model: Model,
  optimiser: OptimiserKind,
): void {
  if (blocks) parameterBlocks(model, blocks);
  if (preconditioned && optimisers[optimiser].preconditioner === 'none') {
    const diagonal = optimiserKinds.filter((kind) => optimisers[kind].preconditioner !== 'none');
    throw new TrainingError(
      'BAD_OPTION',
      `spectra.preconditioned: expected an optimiser that divides its steps by a diagonal (${diagonal.join(', ')}), got ${optimiser}. Leave it out.`,
    );
  }
  if (classStructure && model.buffers.length > 0) {
    throw new TrainingError(
      'BAD_OPTION',
      'spectra.classStructure: expected a network without batch norm, whose statistics mix the classes, got one with it. Leave it out.',
    );
  }
}

/** Those of a step, an operator's together: the whole matrix, then its blocks. */
export function seriesAt(
  step: number,
  choice: SpectrumChoice,
  model: Model,
  optimiser: OptimiserKind,
): SpectrumSeries[] {
  const { operators = ['hessian'], preconditioned = false, blocks } = choice;
  const preconditioners: Preconditioner[] =
    preconditioned && step > 0 ? ['none', optimisers[optimiser].preconditioner] : ['none'];
  const names = ['all', ...(blocks ? parameterBlocks(model, blocks).map(({ name }) => name) : [])];
  return [...new Set(operators)].flatMap((operator) =>
    preconditioners.flatMap((preconditioner) => names.map((block) => ({ operator, block, preconditioner }))),
  );
}

/** Those that one Lanczos run measures: a whole matrix alone, its blocks together. */
export function lanczosRuns(series: readonly SpectrumSeries[]): SpectrumSeries[][] {
  const runs = new Map<string, SpectrumSeries[]>();
  for (const one of series) {
    const key = JSON.stringify([one.operator, one.preconditioner, one.block === 'all']);
    runs.set(key, [...(runs.get(key) ?? []), one]);
  }
  return [...runs.values()];
}
