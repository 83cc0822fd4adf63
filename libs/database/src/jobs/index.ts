/** Spectra measured by workers: asked for, taken, finished, looked at. */
export { cancel, retry } from './change.ts';
export { fail, finishAssembly, finishGroup, release } from './end.ts';
export { byIds, depth, list, parts } from './find.ts';
export { heartbeat, reclaim } from './lease.ts';
export { tidyQueue } from './queue.ts';
export { request } from './request.ts';
export { take } from './take.ts';
export { register, unregister, workers } from './workers.ts';
export { prepareQueues } from './queue.ts';
