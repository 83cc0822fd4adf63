/** Runs side by side. */
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { CompareRunsDocument, DifferingSettingsDocument } from '@ritz/client';
import { ComparePage } from '../../compare/ComparePage.tsx';
import { NothingToCompare } from '../../compare/NothingToCompare.tsx';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { compareAtMost, comparePoints } from '../../data/lists.ts';
import { loadCurvature } from '../../run/curvatureParsers.ts';
import { asCurvature, chosenCurvature, sameCurvature } from '../../run/spectra.ts';
import { isUuid, load } from '../../server/load.ts';

export const metadata: Metadata = { title: 'Compare' };

export interface PageProps {
  readonly searchParams: Promise<SearchParams>;
}

export default async function Page({ searchParams }: PageProps) {
  const { runs = '' } = await searchParams;
  const wanted = [...new Set(String(runs).split(',').filter(isUuid))];
  const asked = wanted.slice(0, compareAtMost);
  if (asked.length === 0) return <NothingToCompare missing={runs.length > 0} />;
  const curvature = asCurvature(await loadCurvature(searchParams));
  const variables = { ids: asked, maxPoints: comparePoints };
  const first = await load(CompareRunsDocument, { ...variables, ...curvature });
  if (!first.ok) return <LoadFailure reason={first.reason} message={first.message} />;
  // What is asked for may not have been measured of any of them.
  const measured = { spectra: first.data.runs.nodes.flatMap(({ measuredOperators }) => measuredOperators) };
  const chosen = chosenCurvature(measured, curvature);
  const loaded = sameCurvature(chosen, curvature)
    ? first
    : await load(CompareRunsDocument, { ...variables, ...chosen });
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  const found = new Map(loaded.data.runs.nodes.map((run) => [run.id, run]));
  const compared = asked.flatMap((id) => found.get(id) ?? []);
  if (compared.length === 0) return <NothingToCompare missing />;
  const differing = await load(DifferingSettingsDocument, { runs: compared.map(({ id }) => id) });
  if (!differing.ok) return <LoadFailure reason={differing.reason} message={differing.message} />;
  return (
    <ComparePage
      runs={compared}
      curvature={chosen}
      differing={differing.data.compare.differingSettings}
      missing={asked.length - compared.length}
      beyond={wanted.length - asked.length}
    />
  );
}
