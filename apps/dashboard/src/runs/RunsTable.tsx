'use client';
/** The runs as a table, thousands of them: only the rows in sight exist, and further pages load as one comes near them. */
import { useEffect, useRef } from 'react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Filters } from './filters.ts';
import { RunRow } from './RunRow.tsx';
import { RunsTableHead } from './RunsTableHead.tsx';
import type { ListedRun } from './useRuns.ts';
import { useTrajectories } from './useTrajectories.ts';

export interface RunsTableProps {
  readonly runs: readonly ListedRun[];
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly filters: Filters;
  readonly onSort: (change: Pick<Filters, 'sort' | 'up'>) => void;
  readonly onNearEnd: () => void;
}

/** In CSS pixels. */
const ROW_HEIGHT = 40;
const OVERSCAN = 12;
/** Rows before the end at which the next page is asked for. */
const NEAR_END = 40;

/** What the server draws before a screen is known. */
const FIRST_SCREEN = { width: 1360, height: 900 };

export function RunsTable({ runs, selected, onSelect, filters, onSort, onNearEnd }: RunsTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: FIRST_SCREEN,
    scrollMargin: frame.current?.offsetTop ?? 0,
  });
  const inSight = rows.getVirtualItems();
  const [first, last] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? 0];
  const trajectories = useTrajectories(runs, first, last);
  const nearEnd = last >= runs.length - NEAR_END;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);
  const chosen = new Set(selected);
  const after = ROW_HEIGHT * (runs.length - 1 - last);
  return (
    <div ref={frame} className="panel overflow-x-auto" role="region" aria-label="Runs" tabIndex={0}>
      <table className="w-full text-[13px]" aria-rowcount={runs.length + 1}>
        <RunsTableHead filters={filters} onSort={onSort} />
        <tbody>
          {first > 0 && <tr aria-hidden style={{ height: ROW_HEIGHT * first }} />}
          {inSight.map(({ index }) => {
            const run = runs[index];
            return (
              run && (
                <RunRow
                  key={run.id}
                  run={run}
                  position={index + 2}
                  height={ROW_HEIGHT}
                  trajectory={trajectories.get(run.id)}
                  selected={chosen.has(run.id)}
                  onSelect={(on) => {
                    onSelect(on ? [...selected, run.id] : selected.filter((id) => id !== run.id));
                  }}
                />
              )
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}
