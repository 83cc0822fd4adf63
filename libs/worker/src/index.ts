/** @ritz/worker: measures the spectra of the queue, and the store that its files lie in. */
export { JobError, type JobErrorCode } from './error/JobError.ts';
export type { JobCurvature, Machine, NetworkFiles, OpenNetwork } from './jobProblem.ts';
export { putContent } from './store/content.ts';
export { StoreError, type ObjectStore, type StoreErrorCode } from './store/ObjectStore.ts';
export { openStore } from './store/openStore.ts';
export { work, type WorkOptions } from './work.ts';
export { createWorkerContext, type WorkerContext } from './WorkerContext.ts';
