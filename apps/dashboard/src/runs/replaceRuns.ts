/** Runs of a page of the table, as they are now. */
import type { RunsQuery } from '@ritz/client';
import type { ListedRun } from './useRuns.ts';

/**
 * The page with what `found` knows of its runs; the same page where it knows nothing of them.
 * @param listed gets the ids of the runs that are where they belong: of the same status as before, so that no filter changes
 */
export function replaceRuns(page: RunsQuery, found: ReadonlyMap<string, ListedRun>, listed: Set<string>): RunsQuery {
  let changed = false;
  const nodes = page.runs.nodes.map((run) => {
    const now = found.get(run.id);
    if (!now) return run;
    changed = true;
    if (now.status === run.status) listed.add(run.id);
    return now;
  });
  return changed ? { ...page, runs: { ...page.runs, nodes } } : page;
}
