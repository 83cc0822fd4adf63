'use client';
/** A figure: its title, how to read it, its controls, and its data in every form one may want to take away. */
import { useId, useRef, useState, type ReactNode } from 'react';
import type { FigureTable } from '@ritz/charts';
import { FigureTools } from './FigureTools.tsx';
import { TableView } from './TableView.tsx';

export interface FigureProps {
  readonly title: string;
  /** One or two sentences: what is drawn and what to look for. */
  readonly reading: ReactNode;
  readonly controls?: ReactNode;
  /** Called when somebody asks for the numbers. */
  readonly table: () => FigureTable;
  /** GraphQL that reproduces the figure, ready to run. */
  readonly query: string;
  readonly children: ReactNode;
  /** Whether there is a drawing to save; a figure that is a table has none. True unless given. */
  readonly hasPicture?: boolean;
  /** Part of the page's outline unless given. */
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
      {/* The exported picture is the charts, legends and captions inside; see picture.ts. */}
      <div ref={drawing} hidden={asTable} className="mt-3 min-w-0">
        {children}
      </div>
      {asTable && <TableView title={title} table={table()} />}
    </section>
  );
}
