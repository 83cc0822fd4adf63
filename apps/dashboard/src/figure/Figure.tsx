'use client';
/** A figure: title, caption, controls, and its data in every export format. */
import { useId, useRef, useState, type ReactNode } from 'react';
import type { FigureTable } from '@ritz/charts';
import { FigureTools } from './FigureTools.tsx';
import { TableView } from './TableView.tsx';

export interface FigureProps {
  readonly title: string;
  /** Caption: one or two sentences on what is drawn and what to look for. */
  readonly reading: ReactNode;
  readonly controls?: ReactNode;
  /** Computes the table on demand. */
  readonly table: () => FigureTable;
  /** The GraphQL query that reproduces the figure. */
  readonly query: string;
  readonly children: ReactNode;
  /** Whether the figure can be saved as an image; default true. */
  readonly hasPicture?: boolean;
  /** Default: part of the page's outline. */
  readonly heading?: 'h2' | 'h3';
}

export function Figure(props: FigureProps) {
  const { title, reading, controls, table, query, children, hasPicture = true, heading: Heading = 'h3' } = props;
  const id = useId();
  const drawing = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-labelledby={id} className="panel flex min-w-0 flex-col px-4 pt-3.5 pb-3 sm:px-5">
      <div className="flex items-start justify-between gap-x-4">
        <Heading id={id} className="min-w-0 pt-0.5 text-[15.5px] leading-snug font-semibold tracking-tight">
          {title}
        </Heading>
        <FigureTools
          title={title}
          table={table}
          query={query}
          drawing={hasPicture ? drawing : null}
          asTable={asTable}
          onToggleTable={() => {
            setAsTable(!asTable);
          }}
        />
      </div>
      <div className="mt-0.5 max-w-[78ch] text-[13px] text-muted">{reading}</div>
      {controls && <div className="mt-3">{controls}</div>}
      {/* The exported image contains the charts, legends and captions inside; see picture.ts. */}
      <div ref={drawing} hidden={asTable} className="mt-3 min-w-0">
        {children}
      </div>
      {asTable && <TableView title={title} table={table()} />}
    </section>
  );
}
