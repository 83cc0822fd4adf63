/** What happened lately. */
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { HomeDocument, HomeRunsDocument } from '@ritz/client';
import { HomePage } from '../../home/HomePage.tsx';
import { homeRunsVariables, homeVariables } from '../../home/homeVariables.ts';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { load } from '../../server/load.ts';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Lately' };

export interface PageProps {
  readonly searchParams: Promise<SearchParams>;
}

export default async function Page({ searchParams }: PageProps) {
  const { project: asked } = await searchParams;
  const project = typeof asked === 'string' ? asked : null;
  const lately = await load(HomeDocument, homeVariables(project));
  if (!lately.ok) return <LoadFailure reason={lately.reason} message={lately.message} />;
  const runs = await load(HomeRunsDocument, homeRunsVariables(lately.data));
  if (!runs.ok) return <LoadFailure reason={runs.reason} message={runs.message} />;
  return <HomePage initialProject={project} initial={lately.data} initialRuns={runs.data} />;
}
