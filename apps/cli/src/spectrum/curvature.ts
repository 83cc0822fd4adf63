/** The curvature matrix of a network from elsewhere, over its examples. */
import { createCurvature, EstimationError, type Curvature, type Engine } from '@ritz/estimation';
import { CliError } from '../terminal/cli-error.ts';
import type { LoadedProblem } from './load-problem.ts';
import type { SpectrumOptions } from './options.ts';

/** Of the memory that may be used; the rest is for the Krylov bases. */
export const shareOfPasses = 0.5;

/** Throws a CliError that says how this command is told what does not fit, an EstimationError for all else. */
export async function curvatureOf(
  engine: Engine,
  { trained, loss, batchNorm, inputs, targets, examples }: LoadedProblem,
  options: Pick<SpectrumOptions, 'operator' | 'batch' | 'vectorsPerPass' | 'memory'>,
): Promise<Curvature> {
  // The statistics of a batch tie its examples together: there it is never cut unless the user says so.
  const batch = options.batch ?? (batchNorm === 'batch' ? examples : undefined);
  const { memory, vectorsPerPass } = options;
  try {
    return await createCurvature({
      engine,
      ...trained,
      loss,
      batchNorm: batchNorm ?? 'running',
      matrix: options.operator,
      inputs,
      targets,
      ...(batch !== undefined && { microBatch: batch }),
      ...(vectorsPerPass !== undefined && { vectorsPerPass }),
      ...(memory !== undefined && { memory: memory * shareOfPasses }),
    });
  } catch (error) {
    if (!(error instanceof EstimationError) || error.code !== 'TOO_LARGE') throw error;
    throw new CliError(`${error.message} (--batch, --memory)`, { cause: error });
  }
}
