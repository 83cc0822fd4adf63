/** Spectra: recorded once by their client's id, and found. */
export { engines } from './engines.ts';
export { record, recordAll } from './record.ts';
export { byIds, byRuns, bySteps, countByRuns, get, latestByRuns, newestOfEach } from './find.ts';
export { list } from './list.ts';
export { deletions, remove } from './remove.ts';
export { overlapTrajectories, seriesOfRuns, trajectories } from './trajectories.ts';
