/** Refuses words in a loss that are none of the known ones, as a caller without types may give: they would mean another loss. */
import { unknownChoice } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import { lossKinds, lossOutputs, lossTargets, reductions, type Loss } from './Loss.ts';

/** Throws an EstimationError (BAD_OPTION) that names the known words. */
export function checkLossWords(loss: Loss): void {
  const { kind, reduction, targets, outputs }: Readonly<Record<string, unknown>> = { ...loss };
  requireOneOf('loss.kind', lossKinds, kind);
  if (reduction !== undefined) requireOneOf('loss.reduction', reductions, reduction);
  if (targets !== undefined) requireOneOf('loss.targets', lossTargets, targets);
  if (outputs !== undefined) requireOneOf('loss.outputs', lossOutputs, outputs);
}

function requireOneOf(option: string, known: readonly string[], given: unknown): void {
  if (typeof given === 'string' && known.includes(given)) return;
  throw new EstimationError('BAD_OPTION', unknownChoice(option, known, given));
}
