/** Creates the curvature matrix of a network that was trained elsewhere, over the given examples. */
import { createCurvature, curvatureOperators, type Curvature, type Engine } from '@ritz/estimation';
import { batchOf, requireUntied } from './batch.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import type { SpectrumOptions } from './options.ts';

/** Share of the memory limit that passes may use; the rest is for the Krylov bases. */
export const shareOfPasses = 0.5;

export interface CurvatureSettings extends Pick<
  SpectrumOptions,
  'operator' | 'batch' | 'vectorsPerPass' | 'memory' | 'weightDecay'
> {
  /** Number of vectors multiplied in a row; passes are not made for more. */
  readonly vectors?: number;
}

/** Throws an EstimationError (SHAPE, BAD_OPTION, TOO_LARGE), a CliError for an operator that the network does not have. */
export async function curvatureOf(
  engine: Engine,
  problem: LoadedProblem,
  options: CurvatureSettings,
): Promise<Curvature> {
  const { trained, loss, batchNorm, inputs, otherInputs, targets } = problem;
  if (curvatureOperators[options.operator].isOfExamples) await requireUntied(engine, problem, options);
  const batch = await batchOf(engine, problem, options);
  const { memory, vectors, vectorsPerPass, weightDecay } = options;
  return createCurvature({
    engine,
    ...trained,
    loss,
    batchNorm: batchNorm ?? 'running',
    operator: options.operator,
    inputs,
    otherInputs,
    targets,
    ...(weightDecay !== undefined && { weightDecay: { coefficient: weightDecay } }),
    ...(batch !== undefined && { microBatch: batch }),
    ...(vectorsPerPass !== undefined && { vectorsPerPass }),
    ...(vectors !== undefined && { vectors }),
    ...(memory !== undefined && { memory: memory * shareOfPasses }),
  });
}
