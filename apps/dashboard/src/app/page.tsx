/** The table of runs. */
import { RunsDocument } from '@ritz/client';
import { LoadFailure } from '../page/LoadFailure.tsx';
import { RUNS_PAGE } from '../query/lists.ts';
import { RunsPage } from '../runs/RunsPage.tsx';
import { load } from '../server/load.ts';

export const dynamic = 'force-dynamic';

export interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps) {
  const { q } = await searchParams;
  const search = typeof q === 'string' ? q : '';
  const loaded = await load(RunsDocument, { search: search || null, first: RUNS_PAGE });
  if (!loaded.ok) return <LoadFailure message={loaded.message} unreachable={loaded.unreachable} />;
  return <RunsPage initial={loaded.data} initialSearch={search} />;
}
