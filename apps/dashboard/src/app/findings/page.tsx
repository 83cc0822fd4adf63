/** The claims of the paper, tested on stored runs. */
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { FindingRunsDocument, RunNamesDocument, type FindingDataFragment } from '@ritz/client';
import { FindingsPage } from '../../findings/FindingsPage.tsx';
import { chosenParser, findingVariables } from '../../findings/chosen.ts';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { findingRuns, findingsFrom } from '../../data/lists.ts';
import { isUuid, load, type Loaded } from '../../server/load.ts';

export const metadata: Metadata = { title: 'Findings' };
export const dynamic = 'force-dynamic';

export interface PageProps {
  readonly searchParams: Promise<SearchParams>;
}

/** The data the findings are decided from; deleted runs are left out. */
async function loadRuns(ids: readonly string[]): Promise<Loaded<FindingDataFragment[]>> {
  const starts = Array.from({ length: Math.ceil(ids.length / findingRuns) }, (_unused, page) => page * findingRuns);
  const pages = await Promise.all(
    starts.map((start) =>
      load(FindingRunsDocument, {
        ids: ids.slice(start, start + findingRuns),
        first: findingRuns,
        ...findingVariables,
      }),
    ),
  );
  const runs: FindingDataFragment[] = [];
  for (const page of pages) {
    if (!page.ok) return page;
    runs.push(...page.data.runs.nodes);
  }
  return { ok: true, data: runs };
}

export default async function Page({ searchParams }: PageProps) {
  const chosen = chosenParser.parseServerSide((await searchParams)['runs'])?.filter(isUuid);
  const loaded = await load(RunNamesDocument, { first: findingsFrom });
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  const choosable = loaded.data.runs.nodes;
  const runs = await loadRuns([...new Set(chosen ?? choosable.map(({ id }) => id))]);
  if (!runs.ok) return <LoadFailure reason={runs.reason} message={runs.message} />;
  return <FindingsPage choosable={choosable} initial={runs.data} />;
}
