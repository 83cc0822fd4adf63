/** Which failures may be transient, so that another attempt may succeed. */
import { DatabaseError } from '@ritz/database';
import { EstimationError } from '@ritz/estimation';
import { LanczosError } from '@ritz/lanczos';
import { TrainingError } from '@ritz/training';
import { JobError } from './error/JobError.ts';
import { StoreError } from './store/ObjectStore.ts';

/** Failures of the machine, the store or the network, not of the measurement. */
const transient: ReadonlySet<string> = new Set([
  'ENGINE_FAILED',
  'ENGINE_UNAVAILABLE',
  'THREAD_FAILED',
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

/** A failure of the job itself would happen again; an operator that failed is judged by its cause, an unknown error may be transient. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof LanczosError && error.code === 'OPERATOR_FAILED') return isWorthRetrying(error.cause);
  const isKnown =
    error instanceof EstimationError ||
    error instanceof LanczosError ||
    error instanceof TrainingError ||
    error instanceof StoreError ||
    error instanceof DatabaseError;
  if (isKnown) return transient.has(error.code);
  return !(error instanceof JobError);
}
