/** Spectra: recorded once by their client's id, and found. */
export { record, recordAll } from './record.ts';
export { byIds, byRuns, bySteps, get } from './find.ts';
