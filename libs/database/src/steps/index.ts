/** Steps: logged in bulk, found, and read back as curves. */
export { log } from './log.ts';
export { byIds, byNumbers, list } from './find.ts';
export { histories, history } from './history.ts';
