/** The table of runs. */
import type { Metadata } from 'next';
import { RunsDocument } from '@ritz/client';
import type { SearchParams } from 'nuqs/server';
import { LoadFailure } from '../../../page/LoadFailure.tsx';
import { runsPage } from '../../../data/lists.ts';
import { loadFilters, runsVariables } from '../../../runs/filters.ts';
import { RunsPage } from '../../../runs/RunsPage.tsx';
import { load } from '../../../server/load.ts';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Runs' };

export interface PageProps {
  readonly searchParams: Promise<SearchParams>;
}

export default async function Page({ searchParams }: PageProps) {
  const filters = await loadFilters(searchParams);
  const loaded = await load(RunsDocument, {
    ...runsVariables(filters),
    first: runsPage,
  });
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  return <RunsPage initial={loaded.data} initialFilters={filters} />;
}
