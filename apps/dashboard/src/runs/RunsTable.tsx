'use client';
/** The virtualised runs table; further pages load on approach. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useRouter } from 'next/navigation';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Filters } from './filters.ts';
import { GroupRow } from './GroupRow.tsx';
import { MoreRow } from './MoreRow.tsx';
import { RunDialog } from '../edit/RunDialog.tsx';
import { RunRow, type RowActions } from './RunRow.tsx';
import { RunsTableHead } from './RunsTableHead.tsx';
import type { TableRow } from './tableRows.ts';
import type { ValueColumn } from './valueColumns.ts';
import { useGlyphs } from './useGlyphs.ts';
import { useTrajectories } from './useTrajectories.ts';

export interface RunsTableProps {
  readonly rows: readonly TableRow[];
  readonly selected: ReadonlySet<string>;
  /** A stable function. */
  readonly onSelect: (id: string, selected: boolean) => void;
  /** Selects exactly these. */
  readonly onSelectAll: (ids: readonly string[]) => void;
  readonly columns: readonly ValueColumn[];
  readonly filters: Filters;
  readonly onSort: (change: Pick<Filters, 'sort' | 'up'>) => void;
  readonly onNearEnd: () => void;
}

/** In CSS pixels. */
const rowHeight = 46;
const overscan = 12;
/** Rows before the end at which the next page is loaded. */
const rowsNearEnd = 40;

/** Least widths of the table in CSS pixels, where it has chosen columns: it is scrolled sideways where the screen is narrower. */
const plainWidth = 360;
const valueWidth = 110;

/** Viewport height assumed on the server. */
const firstScreen = { width: 1360, height: 900 };

export function RunsTable(props: RunsTableProps) {
  const { rows, selected, onSelect, onSelectAll, columns, filters, onSort, onNearEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const window = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: overscan,
    initialRect: firstScreen,
    scrollMargin: frame.current?.offsetTop ?? 0,
    // Overscan, so that scrolling shows no blank rows.
    useFlushSync: false,
  });
  const inSight = window.getVirtualItems();
  const [first, last] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? 0];
  const trajectories = useTrajectories(rows, first, last, window.isScrolling);
  const glyphs = useGlyphs(rows, first, last, window.isScrolling);
  const nearEnd = last >= rows.length - rowsNearEnd;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);
  const ids = useMemo(() => rows.flatMap((row) => (row.kind === 'run' ? row.run.id : [])), [rows]);
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [editedId, setEditedId] = useState<string | null>(null);
  const edited = editedId === null ? undefined : rows.find((row) => row.kind === 'run' && row.run.id === editedId);
  const stopEditing = useCallback(() => {
    setEditedId(null);
  }, []);
  const actions = useMemo(
    (): RowActions => ({
      select: onSelect,
      open: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.push(event.currentTarget.pathname);
      },
      edit: (id, button) => {
        opener.current = button;
        setEditedId(id);
      },
    }),
    [onSelect, router],
  );
  const after = rowHeight * (rows.length - 1 - last);
  return (
    <div
      ref={frame}
      className={`panel ${columns.length > 0 ? 'overflow-x-auto' : ''}`}
      role="region"
      aria-label="Runs"
      {...(columns.length > 0 ? { tabIndex: 0 } : {})}
    >
      <table
        className="w-full table-fixed text-[13px]"
        style={columns.length > 0 ? { minWidth: plainWidth + columns.length * valueWidth } : undefined}
        aria-rowcount={rows.length + 1}
      >
        <RunsTableHead
          columns={columns}
          filters={filters}
          onSort={onSort}
          ids={ids}
          selected={selected}
          onSelectAll={onSelectAll}
        />
        <tbody>
          {first > 0 && <tr aria-hidden style={{ height: rowHeight * first }} />}
          {inSight.map(({ index }) => {
            const row = rows[index];
            const place = { position: index + 2, height: rowHeight };
            if (row?.kind === 'group') return <GroupRow key={row.id} row={row} columns={columns.length} {...place} />;
            if (row?.kind === 'more') return <MoreRow key={row.id} row={row} columns={columns.length} {...place} />;
            return (
              row && (
                <RunRow
                  key={row.run.id}
                  run={row.run}
                  columns={columns}
                  trajectory={trajectories.get(row.run.id)}
                  glyph={glyphs.get(row.run.id)}
                  selected={selected.has(row.run.id)}
                  actions={actions}
                  {...place}
                />
              )
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
      {edited?.kind === 'run' && <RunDialog run={edited.run} opener={opener} onClose={stopEditing} />}
    </div>
  );
}
