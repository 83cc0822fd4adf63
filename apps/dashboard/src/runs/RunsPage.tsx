'use client';
/** All runs: search, select, compare. */
import Link from 'next/link';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import type { RunsQuery } from '@ritz/client';
import { formatNumber } from '@ritz/charts';
import { Failed } from '../figure/FigureState.tsx';
import { COMPARE_AT_MOST } from '../query/lists.ts';
import { NoRuns } from './NoRuns.tsx';
import { RunsTable } from './RunsTable.tsx';
import { useRuns } from './useRuns.ts';

export interface RunsPageProps {
  readonly initial: RunsQuery;
  /** The search that `initial` answers. */
  readonly initialSearch: string;
}

export function RunsPage({ initial, initialSearch }: RunsPageProps) {
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault('').withOptions({ throttleMs: 250 }));
  const [selected, setSelected] = useQueryState('select', parseAsArrayOf(parseAsString).withDefault([]));
  const { runs, total, error, more, loading, retry } = useRuns(search, initial, initialSearch);
  if (total === 0 && search === '' && !loading && !error) return <NoRuns />;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Runs</h1>
        <p className="number text-[13px] text-muted" role="status">
          {formatNumber(total)} {search === '' ? 'stored' : 'match'}
        </p>
        <input
          type="search"
          aria-label="Search runs"
          placeholder="Search name, architecture, data, tags"
          className="field w-full sm:w-72"
          value={search}
          onChange={({ target }) => void setSearch(target.value || null)}
        />
        <div className="flex items-center gap-2 sm:ml-auto">
          {selected.length > 0 && (
            <button type="button" className="control" onClick={() => void setSelected(null)}>
              Clear {formatNumber(selected.length)} selected
            </button>
          )}
          {selected.length >= 2 && selected.length <= COMPARE_AT_MOST ? (
            <Link className="control-primary" href={`/compare?runs=${selected.join(',')}`}>
              Compare {formatNumber(selected.length)} runs
            </Link>
          ) : (
            <span className="text-[13px] text-muted">
              {selected.length > COMPARE_AT_MOST
                ? `Compare takes ${String(COMPARE_AT_MOST)} runs at most`
                : 'Tick two or more runs to compare them'}
            </span>
          )}
        </div>
      </div>
      {error && <Failed error={error} onRetry={retry} />}
      {total === 0 && !loading ? (
        <p className="panel px-6 py-10 text-center text-muted">
          No run matches “{search}”. All words must occur in its name, architecture, data set, notes or tags.
        </p>
      ) : (
        <RunsTable
          runs={runs}
          selected={selected}
          onSelect={(ids) => void setSelected(ids.length > 0 ? [...ids] : null)}
        />
      )}
      {more && (
        <button type="button" className="control mt-3" onClick={more} disabled={loading}>
          Show more runs ({formatNumber(runs.length)} of {formatNumber(total)})
        </button>
      )}
    </>
  );
}
