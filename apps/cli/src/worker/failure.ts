/** Which failures may pass by themselves, so that another attempt is worth it. */
import { DatabaseError } from '@ritz/database';
import { EstimationError } from '@ritz/estimation';
import { TrainingError } from '@ritz/training';
import { StoreError } from '../store/ObjectStore.ts';
import { CliError } from '../terminal/cli-error.ts';

/** Of the machine, the store or the network, not of what is measured. */
const passing: ReadonlySet<string> = new Set([
  'ENGINE_FAILED',
  'ENGINE_UNAVAILABLE',
  'STATE_UNWRITABLE',
  'CORRUPT_STATE',
  'TOO_LARGE',
  'DATA_MISSING',
  'STORE_UNREACHABLE',
  'STORE_FULL',
  'STORE_MISSING',
  'UNREACHABLE',
  'QUERY_FAILED',
]);

/** What our packages know to be wrong with the job itself would be wrong again; anything else may not be. */
export function isWorthRetrying(error: unknown): boolean {
  const isKnown =
    error instanceof EstimationError ||
    error instanceof TrainingError ||
    error instanceof StoreError ||
    error instanceof DatabaseError;
  if (isKnown) return passing.has(error.code);
  return !(error instanceof CliError);
}
