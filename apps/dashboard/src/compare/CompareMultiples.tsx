'use client';
/** Small multiples: the runs split by rows and columns, on shared axes. */
import { memo, useDeferredValue, useMemo } from 'react';
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import type { DensityCurve, DensitySettings, DensityView } from '@ritz/charts';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { comparePoints } from '../data/lists.ts';
import { drawnSeries, type Drawing } from './drawings.ts';
import { tellingGroupings, type Grouping, type Keys } from './groupings.ts';
import { KeySelect } from './KeySelect.tsx';
import { Multiple } from './Multiple.tsx';
import { cellsOf, densityMultiple, quantityMultiple, tableOfMultiples, type Split } from './multiples.ts';
import type { NamedRun } from './NamedRun.ts';
import { quantities } from './quantities.ts';
import { comparisonQuery, type ComparisonTarget } from './target.ts';

export interface CompareMultiplesProps {
  readonly runs: readonly NamedRun[];
  readonly keys: Keys;
  readonly drawing: Drawing;
  readonly target: ComparisonTarget;
  /** Empty where there is no spectrum at the alignment point. */
  readonly curves: readonly DensityCurve[];
  readonly settings: DensitySettings;
  readonly view: DensityView;
  /** Of the charts over steps. */
  readonly steps: StepView;
}

const shownFigures = ['density', ...quantities.map(({ name }) => name)] as const;
const split = { rows: parseAsString, columns: parseAsString };
const shown = parseAsStringLiteral(shownFigures).withDefault('density');

/** Known settings of the address; by default columns of the first in which the runs differ. */
function splitOf(asked: Split, runs: readonly NamedRun[], keys: Keys): Split {
  const known = (key: Grouping | null): Grouping | null => (key !== null && keys.names.has(key) ? key : null);
  const [rows, columns] = [known(asked.rows), known(asked.columns)];
  if (rows !== null || columns !== null) return { rows, columns };
  const [telling = null] = tellingGroupings(
    runs.map(({ run }) => run),
    keys,
  );
  return { rows: null, columns: telling };
}

function Multiples({ runs, keys, drawing, target, curves, settings, view, steps }: CompareMultiplesProps) {
  const [asked, setSplit] = useQueryStates(split);
  const [show, setShow] = useQueryState('show', shown);
  const { rows, columns } = splitOf(asked, runs, keys);
  const quantity = quantities.find(({ name }) => name === show);
  const cells = useMemo(() => cellsOf(runs, keys, { rows, columns }), [runs, keys, rows, columns]);
  const multiples = useMemo(() => {
    if (!quantity) return cells.map((row) => row.map((cell) => densityMultiple(cell, drawing, curves, view)));
    const y = quantity.scale(cells.flat().flatMap((cell) => drawnSeries(quantity, cell.runs, drawing)));
    return cells.map((row) => row.map((cell) => quantityMultiple(cell, drawing, quantity, y)));
  }, [cells, drawing, quantity, curves, view]);
  const query = quantity
    ? standaloneQuery(CompareRunsDocument, { ids: [...target.ids], maxPoints: comparePoints, ...target.curvature })
    : comparisonQuery(target, settings);
  const by = [rows, columns].filter((key) => key !== null).map((key) => keys.names.get(key) ?? key);
  const across = cells[0]?.length ?? 1;
  return (
    <Figure
      title={`${quantity?.title ?? `Densities at ${target.name}`}${by.length > 0 ? `, by ${by.join(' and ')}` : ''}`}
      reading="One chart for each setting, all on the same axes."
      query={query}
      table={() => tableOfMultiples(quantity ? 'step' : 'lambda', multiples.flat())}
      controls={
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <KeySelect
            label="Rows"
            nothing="none"
            value={rows}
            keys={keys}
            onChange={(key) => void setSplit({ rows: key, columns })}
          />
          <KeySelect
            label="Columns"
            nothing="none"
            value={columns}
            keys={keys}
            onChange={(key) => void setSplit({ rows, columns: key })}
          />
          <Choice
            label="Show"
            value={show}
            options={shownFigures.map((value) => ({
              value,
              label: quantities.find(({ name }) => name === value)?.label ?? 'density',
            }))}
            onChange={(next) => void setShow(next)}
          />
        </div>
      }
    >
      <div className="overflow-x-auto" role="region" aria-label="Small multiples" tabIndex={0}>
        <div
          className="grid gap-x-4 gap-y-5"
          style={{
            gridTemplateColumns:
              rows === null
                ? 'repeat(auto-fit, minmax(min(20rem, 100%), 1fr))'
                : `repeat(${String(across)}, minmax(14rem, 1fr))`,
          }}
        >
          {multiples.flat().map((multiple) => (
            <Multiple key={multiple.name} multiple={multiple} quantity={quantity ?? null} steps={steps} />
          ))}
        </div>
      </div>
    </Figure>
  );
}

const MemoisedMultiples = memo(Multiples);

/** The overlaid densities update immediately; these are deferred. */
export function CompareMultiples({ runs, keys, drawing, ...now }: CompareMultiplesProps) {
  const { target, curves, settings, view, steps } = now;
  const later = useDeferredValue(
    useMemo(() => ({ target, curves, settings, view, steps }), [target, curves, settings, view, steps]),
  );
  return <MemoisedMultiples runs={runs} keys={keys} drawing={drawing} {...later} />;
}
