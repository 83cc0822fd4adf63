'use client';
/** The six claims of the paper, each decided by its rule from the runs selected. */
import { useMemo } from 'react';
import Link from 'next/link';
import { useQueryState } from 'nuqs';
import { useQueries } from '@tanstack/react-query';
import { assignStyles, findings, formatNumber } from '@ritz/charts';
import { FindingRunDocument, type FindingDataFragment } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import { liveQuery } from '../data/useApi.ts';
import { useStable } from '../data/useStable.ts';
import { chosenParser, findingVariables } from './chosen.ts';
import { claimRun } from './claimRun.ts';
import { FindingPanel } from './FindingPanel.tsx';
import { FindingsHeader } from './FindingsHeader.tsx';
import { RunChoice, type ChoosableRun } from './RunChoice.tsx';

export interface FindingsPageProps {
  readonly choosable: readonly ChoosableRun[];
  /** The runs in the URL, as loaded by the server; later selections are fetched. */
  readonly initial: readonly FindingDataFragment[];
}

export function FindingsPage({ choosable, initial }: FindingsPageProps) {
  const [chosen, setChosen] = useQueryState('runs', chosenParser);
  const ids = chosen ?? choosable.map(({ id }) => id);
  const known = useMemo(() => new Map(initial.map((run) => [run.id, { run }])), [initial]);
  const answers = useQueries({
    queries: ids.map((id) => ({
      ...liveQuery(FindingRunDocument, { id, ...findingVariables }),
      initialData: known.get(id),
      staleTime: Infinity,
      // Not kept across navigation: returning to the page brings newer data from the server.
      gcTime: 0,
    })),
  });
  const arrived = useStable(answers.map(({ data }) => data?.run ?? null));
  const waiting = answers.some(({ isPending }) => isPending);
  const failed = answers.find(({ error }) => error !== null);
  const runs = useMemo(() => arrived.flatMap((run) => (run && claimRun(run)) ?? []), [arrived]);
  const measured = runs.reduce((sum, { spectra }) => sum + spectra.length, 0);
  const styles = useMemo(() => {
    const byId = assignStyles(arrived.flatMap((run) => run?.id ?? []));
    return new Map(arrived.flatMap((run): [string, number][] => (run ? [[run.name, byId.get(run.id) ?? 0]] : [])));
  }, [arrived]);
  const decided = useMemo(() => (waiting ? [] : findings(runs)), [waiting, runs]);
  return (
    <>
      <FindingsHeader>
        <ShareLink />
      </FindingsHeader>
      <RunChoice runs={choosable} chosen={ids} onChange={(next) => void setChosen(next ? [...next] : null)} />
      {failed?.error && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {waiting && <Waiting height={240} />}
      {!waiting && measured === 0 && (
        <p className="panel px-6 py-10 text-center text-muted">
          No selected run has spectra and a known number of classes.{' '}
          <Link className="text-accent underline" href="/runs">
            All runs
          </Link>
        </p>
      )}
      {!waiting && measured > 0 && (
        <>
          <p className="number mb-3 text-[13px] text-muted" role="status">
            Decided from {formatNumber(runs.length)} {runs.length === 1 ? 'run' : 'runs'} with {formatNumber(measured)}{' '}
            spectra.
          </p>
          <div className="grid gap-4 lg:grid-cols-2">
            {decided.map((finding) => (
              <FindingPanel key={finding.claim.id} finding={finding} ids={ids} styles={styles} />
            ))}
          </div>
        </>
      )}
    </>
  );
}
