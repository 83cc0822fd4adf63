'use client';
/** The runs page: search, filter, sort, group, select, compare, tag, archive and delete, with live updates. */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { parseAsArrayOf, parseAsString, useQueryState, useQueryStates } from 'nuqs';
import type { RunsQuery } from '@ritz/client';
import { formatNumber } from '@ritz/charts';
import { Failed } from '../figure/FigureState.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import { LiveStatus } from '../live/LiveStatus.tsx';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { ColumnBar } from './ColumnBar.tsx';
import { FilterBar } from './FilterBar.tsx';
import { columnsOf, filterParsers, groupParser, isFiltered, type Filters } from './filters.ts';
import { GroupBar } from './GroupBar.tsx';
import { NoRuns } from './NoRuns.tsx';
import { RunsTable } from './RunsTable.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { TableRow } from './tableRows.ts';
import { useGroupedRuns } from './useGroupedRuns.ts';
import { useRuns } from './useRuns.ts';
import { useRunsChanges } from './useRunsChanges.ts';

export interface RunsPageProps {
  readonly initial: RunsQuery;
  /** The filters that `initial` was loaded with. */
  readonly initialFilters: Filters;
}

const selection = parseAsArrayOf(parseAsString).withDefault([]);

export function RunsPage({ initial, initialFilters }: RunsPageProps) {
  const [filters, setFilters] = useQueryStates(filterParsers, { throttleMs: 250 });
  const [by, setBy] = useQueryState('group', groupParser);
  const [selected, setSelected] = useQueryState('select', selection);
  const list = useRuns(filters, initial, initialFilters);
  const grouped = useGroupedRuns(filters, by);
  const columns = useMemo(() => columnsOf({ columns: filters.columns }), [filters.columns]);
  const live = useRunsChanges(columns);
  const { runs, total, loading } = list;
  const flat = useMemo(() => runs.map((run): TableRow => ({ kind: 'run', run })), [runs]);
  const inGroups = by.length > 0;
  const { error, retry } = list.error || !inGroups ? list : grouped;
  const onNearEnd = useLatest(inGroups ? nothing : list.more);
  const onSelect = useCallback(
    (id: string, on: boolean) => {
      void setSelected((before) => {
        const after = on ? [...before, id] : before.filter((other) => other !== id);
        return after.length > 0 ? after : null;
      });
    },
    [setSelected],
  );
  const onSelectAll = (ids: readonly string[]): void => void setSelected(ids.length > 0 ? [...ids] : null);
  const ticked = useMemo(() => new Set(selected), [selected]);
  if (total === 0 && !isFiltered(filters) && !filters.archived && !loading && !error) return <NoRuns />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">{filters.archived ? 'Archived runs' : 'Runs'}</h1>
        <p className="number text-[13px] text-muted" role="status">
          {!error && total !== null && `${formatNumber(total)} ${isFiltered(filters) ? 'match' : 'stored'}`}
          {inGroups && !error && `, in ${formatNumber(grouped.groups)} ${grouped.groups === 1 ? 'group' : 'groups'}`}
        </p>
        <LiveStatus live={live} />
        <div className="flex items-center gap-2 sm:ml-auto">
          <ViewsMenu />
          <ShareLink />
        </div>
      </div>
      <FilterBar filters={filters} onChange={(change) => void setFilters(change)} />
      <div className="my-2.5 flex flex-wrap items-center gap-2">
        <GroupBar by={by} onChange={(keys) => void setBy(keys.length > 0 ? [...keys] : null)} />
        <ColumnBar
          columns={columns}
          onChange={(keys) => void setFilters({ columns: keys.length > 0 ? [...keys] : null })}
        />
        <div className="sm:ml-auto">
          <SelectionBar selected={selected} archived={filters.archived} onClear={() => void setSelected(null)} />
        </div>
      </div>
      {error && <Failed error={error} onRetry={retry} />}
      {total === 0 && !loading && !error ? (
        <p className="panel px-6 py-10 text-center text-muted">
          {filters.q === ''
            ? 'No runs match these filters. Clear a filter to see more.'
            : `No runs match “${filters.q}”. Every word must occur in the name, architecture, data set, notes or tags.`}
        </p>
      ) : (
        <RunsTable
          rows={inGroups ? grouped.rows : flat}
          selected={ticked}
          onSelect={onSelect}
          onSelectAll={onSelectAll}
          columns={columns}
          filters={filters}
          onSort={(change) => void setFilters(change)}
          onNearEnd={onNearEnd}
        />
      )}
      {list.hasMore && !inGroups && total !== null && (
        <p className="number mt-3 text-[13px] text-muted" role="status">
          {formatNumber(runs.length)} of {formatNumber(total)} runs are loaded; more come as you scroll.
        </p>
      )}
    </>
  );
}

function nothing(): void {
  return;
}

/** A stable function that calls the latest one. */
function useLatest(work: () => void): () => void {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  return useCallback(() => {
    latest.current();
  }, []);
}
