'use client';
/** All runs: search, filter, sort, select, compare, tag, archive, delete. */
import { useEffect, useRef, useCallback } from 'react';
import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from 'nuqs';
import type { RunsQuery } from '@ritz/client';
import { formatNumber } from '@ritz/charts';
import { Failed } from '../figure/FigureState.tsx';
import { FilterBar } from './FilterBar.tsx';
import { filterParsers, isFiltered, type Filters } from './filters.ts';
import { NoRuns } from './NoRuns.tsx';
import { RunsTable } from './RunsTable.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useRuns } from './useRuns.ts';

export interface RunsPageProps {
  readonly initial: RunsQuery;
  /** What `initial` answers. */
  readonly initialFilters: Filters;
}

export function RunsPage({ initial, initialFilters }: RunsPageProps) {
  const [filters, setFilters] = useQueryStates(filterParsers, { throttleMs: 250 });
  const [selected, setSelected] = useQueryState('select', parseAsArrayOf(parseAsString).withDefault([]));
  const { runs, total, error, hasMore, more, loading, retry } = useRuns(filters, initial, initialFilters);
  const onNearEnd = useLatest(more);
  if (total === 0 && !isFiltered(filters) && !filters.archived && !loading && !error) return <NoRuns />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">{filters.archived ? 'Archived runs' : 'Runs'}</h1>
        <p className="number text-[13px] text-muted" role="status">
          {formatNumber(total)} {isFiltered(filters) ? 'match' : 'stored'}
        </p>
        <div className="sm:ml-auto">
          <SelectionBar selected={selected} archived={filters.archived} onClear={() => void setSelected(null)} />
        </div>
      </div>
      <FilterBar filters={filters} onChange={(change) => void setFilters(change)} />
      {error && <Failed error={error} onRetry={retry} />}
      {total === 0 && !loading ? (
        <p className="panel px-6 py-10 text-center text-muted">
          {filters.q === ''
            ? 'No run is like this. Clear a choice above to see more.'
            : `No run matches “${filters.q}”. All words must occur in its name, architecture, data set, notes or tags.`}
        </p>
      ) : (
        <RunsTable
          runs={runs}
          selected={selected}
          onSelect={(ids) => void setSelected(ids.length > 0 ? [...ids] : null)}
          filters={filters}
          onSort={(change) => void setFilters(change)}
          onNearEnd={onNearEnd}
        />
      )}
      {hasMore && (
        <p className="number mt-3 text-[13px] text-muted" role="status">
          {formatNumber(runs.length)} of {formatNumber(total)} runs are loaded; more come as you scroll.
        </p>
      )}
    </>
  );
}

/** A function that stays the same and does what the newest one does. */
function useLatest(work: () => void): () => void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  return useCallback(() => {
    latest.current();
  }, []);
}
