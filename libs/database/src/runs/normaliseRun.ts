/** A run as it is stored: checked, with every default filled in, so that two payloads can be compared field by field. */
import { parse } from '../input/parse.ts';
import type { NewRun, Run } from './Run.ts';
import { runSchema } from './runSchema.ts';

/** What a client says about a run; the rest of a Run is the server's. */
export type RunPayload = Omit<
  Run,
  'projectId' | 'experimentId' | 'status' | 'archived' | 'editedAt' | 'createdAt' | 'finishedAt'
>;

/** @throws DatabaseError INVALID or NON_FINITE naming the field. */
export function normaliseRun(run: NewRun): RunPayload {
  const { project, experiment, ...payload } = parse(runSchema, run);
  return { ...payload, projectName: project, experimentName: experiment };
}
