/** Updates runs within a page of the table. */
import type { RunsQuery } from '@ritz/client';
import type { ListedRun } from './useRuns.ts';

/**
 * The page with the runs in `found` replaced; the same object if none is.
 * @param listed receives the ids of the runs whose status is unchanged, so that their place in filtered lists is too
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
