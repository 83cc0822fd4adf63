/** Projects: found, counted, created. */
export { byIds, list, type Project } from './find.ts';
export { counts, type ProjectCounts } from './counts.ts';
export { create, type CreatedProject } from './create.ts';
