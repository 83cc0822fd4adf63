'use client';
/** The six claims of the paper, each decided by its rule from the runs chosen. */
import { useMemo } from 'react';
import Link from 'next/link';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useQueries } from '@tanstack/react-query';
import { assignStyles, findings, formatNumber } from '@ritz/charts';
import { FindingRunDocument } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import { FINDING_POINTS } from '../query/lists.ts';
import { liveQuery } from '../query/useApi.ts';
import { useStable } from '../query/useStable.ts';
import { claimRun } from './claimRun.ts';
import { FindingPanel } from './FindingPanel.tsx';
import { RunChoice, type ChoosableRun } from './RunChoice.tsx';

export interface FindingsPageProps {
  readonly choosable: readonly ChoosableRun[];
}

export function FindingsPage({ choosable }: FindingsPageProps) {
  const [chosen, setChosen] = useQueryState('runs', parseAsArrayOf(parseAsString));
  const ids = chosen ?? choosable.map(({ id }) => id);
  const answers = useQueries({
    queries: ids.map((id) => ({
      ...liveQuery(FindingRunDocument, { id, maxPoints: FINDING_POINTS }),
      staleTime: Infinity,
    })),
  });
  const arrived = useStable(answers.map(({ data }) => data?.run ?? null));
  const waiting = answers.some(({ isPending }) => isPending);
  const failed = answers.find(({ error }) => error !== null);
  const runs = useMemo(() => arrived.flatMap((run) => (run && claimRun(run)) ?? []), [arrived]);
  const styles = useMemo(() => {
    const byId = assignStyles(arrived.flatMap((run) => run?.id ?? []));
    return new Map(arrived.flatMap((run): [string, number][] => (run ? [[run.name, byId.get(run.id) ?? 0]] : [])));
  }, [arrived]);
  const decided = useMemo(() => (waiting ? [] : findings(runs)), [waiting, runs]);
  return (
    <>
      <header className="mb-5">
        <div className="mb-1.5 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-[22px] leading-tight font-semibold tracking-tight">Findings</h1>
          <ShareLink />
        </div>
        <p className="max-w-[85ch] text-muted">
          Six claims about Hessian spectra (Ghorbani, Krishnan and Xiao, ICML 2019), each held against the runs chosen
          below by a rule that was fixed beforehand. Numbers are means over runs with their 95 % confidence interval and
          the number n of runs (or pairs of runs) they come from; a verdict needs an interval that excludes the
          opposite, and a claim with too few runs to decide it says so.
        </p>
      </header>
      <RunChoice runs={choosable} chosen={ids} onChange={(next) => void setChosen(next ? [...next] : null)} />
      {failed?.error && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {waiting && <Waiting height={240} />}
      {!waiting && runs.length === 0 && (
        <p className="panel px-6 py-10 text-center text-muted">
          No run with spectra and a known number of classes is chosen.{' '}
          <Link className="text-accent underline" href="/">
            All runs
          </Link>
        </p>
      )}
      {!waiting && runs.length > 0 && (
        <>
          <p className="number mb-3 text-[13px] text-muted" role="status">
            Decided from {formatNumber(runs.length)} {runs.length === 1 ? 'run' : 'runs'} with{' '}
            {formatNumber(runs.reduce((sum, { spectra }) => sum + spectra.length, 0))} spectra.
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
