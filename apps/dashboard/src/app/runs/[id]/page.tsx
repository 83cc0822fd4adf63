/** One run: its training, its spectra, its settings. */
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { RunHistoryDocument, RunTrajectoryDocument } from '@ritz/client';
import { LoadFailure } from '../../../page/LoadFailure.tsx';
import { historyPoints } from '../../../data/lists.ts';
import { loadCurvature } from '../../../run/curvatureParsers.ts';
import { RunPage } from '../../../run/RunPage.tsx';
import { chosenCurvature } from '../../../run/spectra.ts';
import { load, loadRun } from '../../../server/load.ts';

export interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const loaded = await loadRun((await params).id);
  return { title: (loaded.ok && loaded.data.run?.name) || 'Run' };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { id } = await params;
  const loaded = await loadRun(id);
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  const { run } = loaded.data;
  if (!run) return null; // the layout has answered 404
  const asked = await loadCurvature(searchParams);
  const curvature = chosenCurvature(run, asked);
  const [history, trajectory] = await Promise.all([
    load(RunHistoryDocument, { id, maxPoints: historyPoints }),
    load(RunTrajectoryDocument, { id, ...curvature }),
  ]);
  if (!history.ok) return <LoadFailure reason={history.reason} message={history.message} />;
  if (!trajectory.ok) return <LoadFailure reason={trajectory.reason} message={trajectory.message} />;
  return <RunPage run={run} history={history.data} trajectory={trajectory.data} curvature={curvature} />;
}
