/** The matrix that is measured: the curvature, or what an optimiser's preconditioner makes of it. */
import { preconditioned, type Curvature, type MeasurableCurvature } from '@ritz/estimation';
import type { PreconditionerFile } from './matrixOptions.ts';
import { readArray } from './readArray.ts';

/** Throws an EstimationError for a diagonal of another length or with an entry that is not positive, a CliError for an unreadable file. */
export async function matrixOf(
  curvature: Curvature,
  source: PreconditionerFile | undefined,
): Promise<MeasurableCurvature> {
  return source ? preconditioned(curvature, (await readArray(source.file)).data) : curvature;
}
