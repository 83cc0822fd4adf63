'use client';
/** Small multiples: one chart per group on shared axes, members thin, mean thick. */
import { memo, useDeferredValue, useMemo } from 'react';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import type { DensityCurve, DensitySettings, DensityView } from '@ritz/charts';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { comparePoints } from '../data/lists.ts';
import { densityMultiples, quantityMultiples, tableOfMultiples } from './multiples.ts';
import type { NamedRun } from './NamedRun.ts';
import { tellingGroupings, type Keys } from './groupings.ts';
import { Multiple } from './Multiple.tsx';
import { quantities } from './quantities.ts';
import { comparisonQuery, type ComparisonTarget } from './target.ts';

export interface CompareGroupsProps {
  readonly runs: readonly NamedRun[];
  readonly keys: Keys;
  readonly target: ComparisonTarget;
  /** Empty where there is no spectrum at the alignment point. */
  readonly curves: readonly DensityCurve[];
  readonly settings: DensitySettings;
  readonly view: DensityView;
  /** Of the charts over steps. */
  readonly steps: StepView;
}

const shownFigures = ['density', ...quantities.map(({ name }) => name)] as const;
/** Settings that each group agrees in. */
const grouping = parseAsArrayOf(parseAsString).withDefault([]);
const shown = parseAsStringLiteral(shownFigures).withDefault('density');

function Groups({ runs, keys, target, curves, settings, view, steps }: CompareGroupsProps) {
  const [chosen, setBy] = useQueryState('group', grouping);
  const [show, setShow] = useQueryState('show', shown);
  const by = useMemo(() => {
    const known = chosen.filter((key) => keys.names.has(key));
    return known.length > 0 ? known : tellingGroupings(runs, keys);
  }, [chosen, runs, keys]);
  const quantity = quantities.find(({ name }) => name === show);
  const multiples = useMemo(
    () => (quantity ? quantityMultiples(runs, keys, by, quantity) : densityMultiples(runs, keys, by, curves, view)),
    [runs, keys, by, quantity, curves, view],
  );
  const query = quantity
    ? standaloneQuery(CompareRunsDocument, { ids: runs.map(({ id }) => id), maxPoints: comparePoints })
    : comparisonQuery(target, settings);
  return (
    <Figure
      title={`${quantity?.title ?? `Densities at ${target.name}`}, by ${by.map((key) => keys.names.get(key) ?? key).join(' and ')}`}
      reading={`One chart a group on shared axes; thick lines are arithmetic means${quantity ? ', at the steps measured in every run' : ''}.`}
      query={query}
      table={() => tableOfMultiples(quantity ? 'step' : 'lambda', multiples)}
      controls={
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <div role="group" aria-label="Group by" className="flex flex-wrap items-center gap-1.5">
            <span className="text-[12.5px] text-muted">Group by</span>
            {[...keys.names].map(([key, name]) => (
              <button
                key={key}
                type="button"
                className="control"
                aria-pressed={by.includes(key)}
                onClick={() => {
                  const next = by.includes(key) ? by.filter((other) => other !== key) : [...by, key];
                  void setBy(next.length > 0 ? [...next] : null);
                }}
              >
                {name}
              </button>
            ))}
          </div>
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
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(22rem,100%),1fr))] gap-x-4 gap-y-5">
        {multiples.map((multiple) => (
          <Multiple key={multiple.name} multiple={multiple} quantity={quantity ?? null} steps={steps} />
        ))}
      </div>
    </Figure>
  );
}

const MemoisedGroups = memo(Groups);

/** The overlaid densities update immediately; these are deferred. */
export function CompareGroups({ runs, keys, target, curves, settings, view, steps }: CompareGroupsProps) {
  const later = useDeferredValue(
    useMemo(() => ({ target, curves, settings, view, steps }), [target, curves, settings, view, steps]),
  );
  return <MemoisedGroups runs={runs} keys={keys} {...later} />;
}
