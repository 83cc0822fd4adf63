/** What Home asks the API for, on the server and in the browser alike. */
import type { HomeQuery, HomeQueryVariables, HomeRunsQueryVariables, RunFilter } from '@ritz/client';

/** Runs that are looked at: those that were measured or failed last. */
const most = 24;
/** Of a density, for a picture of about as many pixels. */
const points = 160;

export function homeVariables(project: string | null): HomeQueryVariables {
  const all: RunFilter = { archived: false, ...(project === null ? {} : { project }) };
  return { all, running: { ...all, status: ['RUNNING'] }, failed: { ...all, status: ['FAILED'] } };
}

/** Of the runs that something happened to lately. */
export function homeRunsVariables({
  spectra,
  failed,
  running,
}: HomeQuery): HomeRunsQueryVariables & { readonly ids: readonly string[] } {
  const lately = [...failed.nodes.slice(0, most / 4), ...spectra.nodes.map(({ run }) => run), ...running.nodes];
  const ids = [...new Set(lately.map(({ id }) => id))].slice(0, most);
  return { ids, first: Math.max(1, ids.length), points };
}
