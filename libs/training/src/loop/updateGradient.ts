/** The gradient that an optimiser takes for an update. */
import type { Objective } from '@ritz/estimation';
import type { MiniBatches } from '../data/MiniBatches.ts';
import type { Optimiser } from '../optimisation/Optimiser.ts';

export interface UpdateGradient extends Awaited<ReturnType<Objective['gradient']>> {
  /** Of some optimisers that at another point; `gradient` is that at the parameters. */
  readonly updateGradient: Float64Array;
  /** The loss at that point. */
  readonly updateLoss: number;
}

/** Of one mini-batch, at this point. */
export async function updateGradientAt(
  objective: Objective,
  optimiser: Optimiser,
  { parameters, buffers }: { readonly parameters: Float64Array; readonly buffers: Float64Array },
  { inputs, labels }: ReturnType<MiniBatches['next']>,
): Promise<UpdateGradient> {
  const found = await objective.gradient({ parameters, buffers }, inputs, labels);
  const point = optimiser.gradientPoint?.(parameters, found.gradient);
  if (!point) return { ...found, updateGradient: found.gradient, updateLoss: found.loss };
  const there = await objective.gradient({ parameters: point, buffers }, inputs, labels);
  return { ...found, updateGradient: there.gradient, updateLoss: there.loss };
}
