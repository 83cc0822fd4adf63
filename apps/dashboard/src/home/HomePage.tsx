'use client';
/** What a project has learnt lately: runs that are worth a look, runs under way, the newest spectra. */
import { useEffect, useMemo } from 'react';
import Link from 'next/link';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { formatNumber } from '@ritz/charts';
import { HomeDocument, HomeRunsDocument, type HomeQuery, type HomeRunsQuery } from '@ritz/client';
import { liveQuery } from '../data/useApi.ts';
import { Failed } from '../figure/FigureState.tsx';
import { LiveStatus } from '../live/LiveStatus.tsx';
import { throttle } from '../live/throttle.ts';
import { useWrites } from '../live/useWrites.ts';
import { NoRuns } from '../runs/NoRuns.tsx';
import { ProjectSelect } from '../runs/PlacePicker.tsx';
import { Tour } from '../tour/Tour.tsx';
import { homeRunsVariables, homeVariables } from './homeVariables.ts';
import { NewSpectra } from './NewSpectra.tsx';
import { newsOf } from './news.ts';
import { NewsItem } from './NewsItem.tsx';
import { Running } from './Running.tsx';

export interface HomePageProps {
  /** The project that the data are of. */
  readonly initialProject: string | null;
  readonly initial: HomeQuery;
  readonly initialRuns: HomeRunsQuery;
}

/** Minimum interval between updates in milliseconds. */
const every = 2000;

export function HomePage({ initialProject, initial, initialRuns }: HomePageProps) {
  const [project, setProject] = useQueryState('project', parseAsString);
  const isInitial = project === initialProject;
  const lately = useQuery({
    ...liveQuery(HomeDocument, homeVariables(project)),
    placeholderData: keepPreviousData,
    ...(isInitial ? { initialData: initial } : {}),
  });
  const data = lately.data ?? initial;
  const found = useQuery({
    ...liveQuery(HomeRunsDocument, homeRunsVariables(data)),
    placeholderData: keepPreviousData,
    ...(isInitial && data === initial ? { initialData: initialRuns } : {}),
  });
  const queries = useQueryClient();
  const refetch = useMemo(() => throttle(() => void queries.invalidateQueries(), every), [queries]);
  useEffect(() => refetch.cancel, [refetch]);
  const live = useWrites(true, (ids) => {
    if (ids.length > 0) refetch.ask();
  });
  const runs = useMemo(() => {
    const order = new Map(homeRunsVariables(data).ids.map((id, index) => [id, index]));
    return [...(found.data?.runs.nodes ?? [])].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  }, [data, found.data]);
  const news = runs.flatMap((run) => {
    const one = newsOf(run);
    return one ? [{ run, news: one }] : [];
  });
  const measured = runs
    .filter(({ latestSpectrum }) => latestSpectrum !== null)
    .sort((a, b) => (b.latestSpectrum?.createdAt ?? '').localeCompare(a.latestSpectrum?.createdAt ?? ''));
  const { totalCount } = data.all;
  const error = lately.error ?? found.error;
  if (totalCount === 0 && project === null) return <NoRuns />;
  return (
    <>
      <Tour />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Lately</h1>
        <ProjectSelect project={project} onChange={(next) => void setProject(next)} />
        <Link href={project === null ? '/runs' : `/runs?project=${encodeURIComponent(project)}`} className="control">
          All {formatNumber(totalCount)} runs
        </Link>
        <LiveStatus live={live} />
      </div>
      {error && <Failed error={error} onRetry={() => void lately.refetch().then(() => found.refetch())} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <div className="min-w-0 space-y-4">
          <section aria-labelledby="news" className="panel">
            <h2 id="news" className="px-4 pt-3 pb-2 text-[15px] font-semibold sm:px-5">
              Worth a look
            </h2>
            {news.length === 0 ? (
              <p className="border-t border-line px-4 py-3 text-[13px] text-muted sm:px-5">
                No run diverged, trains at the edge of stability or changed its sharpness lately.
              </p>
            ) : (
              <ul className="border-t border-line">
                {news.map((one) => (
                  <NewsItem key={one.run.id} {...one} />
                ))}
              </ul>
            )}
          </section>
          <NewSpectra runs={measured} total={data.spectra.totalCount} />
        </div>
        <Running runs={data.running.nodes} total={data.running.totalCount} />
      </div>
    </>
  );
}
