'use client';
/** Several runs on shared axes: spectra at one point of training, groups, trajectories and differing settings. */
import { useDeferredValue, useMemo, useState } from 'react';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { assignStyles, createCursor, formatNumber } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStepAxis } from '../figure/urlState.ts';
import { CompareSpectra } from './CompareSpectra.tsx';
import { CompareTrajectories } from './CompareTrajectories.tsx';
import { DifferingSettings } from './DifferingSettings.tsx';
import { keysOf, type Grouping, type Keys } from './groupings.ts';
import { hessianSpectra, type ComparedRun, type NamedRun } from './NamedRun.ts';
import { RunRail } from './RunRail.tsx';
import { useAlignmentPoint } from './useAlignmentPoint.ts';

export interface ComparePageProps {
  readonly runs: readonly ComparedRun[];
  readonly differing: DifferingSettingsQuery['compare']['differingSettings'];
  /** Number of runs in the address that no longer exist. */
  readonly missing: number;
  /** Number of runs in the address beyond the limit. */
  readonly beyond: number;
}

const hiddenRuns = parseAsArrayOf(parseAsString).withDefault([]);

/** Each run in a colour of its own, or in that of all runs with the same value of a setting. */
function namedRuns(runs: readonly ComparedRun[], keys: Keys, colour: Grouping | null): readonly NamedRun[] {
  const plain = runs.map((run) => ({ run, id: run.id, label: run.name, style: 0 }));
  const hueOf = (named: NamedRun): string => (colour === null ? named.id : keys.valueOf(named, colour));
  const styles = assignStyles([...new Set(plain.map(hueOf))]);
  return plain.map((named) => ({ ...named, style: styles.get(hueOf(named)) ?? 0 }));
}

export function ComparePage({ runs, differing, missing, beyond }: ComparePageProps) {
  const [axis, setAxis] = useStepAxis();
  const [colourKey, setColour] = useQueryState('colour', parseAsString);
  const [hide, setHide] = useQueryState('hide', hiddenRuns);
  const keys = useMemo(
    () =>
      keysOf(
        runs.map(({ id }) => id),
        differing,
      ),
    [runs, differing],
  );
  const colour = colourKey !== null && keys.names.has(colourKey) ? colourKey : null;
  const all = useMemo(() => namedRuns(runs, keys, colour), [runs, keys, colour]);
  const hidden = useMemo(() => new Set(hide), [hide]);
  const shown = useMemo(() => all.filter(({ id }) => !hidden.has(id)), [all, hidden]);
  // Hiding all of them would leave nothing to show them again beside.
  const named = shown.length > 0 ? shown : all;
  const point = useAlignmentPoint(named);
  const measuredSteps = useMemo(
    () => [...new Set(runs.flatMap((run) => hessianSpectra(run).map(({ step }) => step.number)))].sort((a, b) => a - b),
    [runs],
  );
  const schedule = useMemo(
    () =>
      named.map(({ run, id, label, style }) => ({
        id,
        label,
        style,
        x: run.history.step,
        y: run.history.learningRate,
      })),
    [named],
  );
  const lastStep = Math.max(1, measuredSteps.at(-1) ?? 0, ...runs.map(({ history }) => history.step.at(-1) ?? 0));
  // The densities follow the slider immediately; the mark in the step charts is deferred.
  const currentStep = useDeferredValue(point.alignment === 'STEP' ? point.position : null);
  const { setStep } = point;
  const [cursor] = useState(createCursor);
  const view = useMemo(
    (): StepView => ({ axis, lastStep, measuredSteps, currentStep, onPickStep: setStep, schedule, cursor }),
    [axis, lastStep, measuredSteps, currentStep, setStep, schedule, cursor],
  );
  return (
    <>
      <header className="mb-5">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-[22px] leading-tight font-semibold tracking-tight">
            {runs.length === 1 ? runs[0]?.name : `${formatNumber(runs.length)} runs compared`}
          </h1>
          <ShareLink />
        </div>
        <label className="flex items-center gap-2 text-[12.5px] text-muted">
          Colour by
          <select
            className="field"
            value={colour ?? ''}
            onChange={({ target }) => void setColour(target.value || null)}
          >
            <option value="">run</option>
            {[...keys.names].map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {missing > 0 && (
          <p role="status" className="mt-2 text-[13px] text-warn">
            {missing === 1 ? 'One run in this link is' : `${formatNumber(missing)} runs in this link are`} no longer
            stored.
          </p>
        )}
        {beyond > 0 && (
          <p role="status" className="mt-2 text-[13px] text-warn">
            Of the {formatNumber(runs.length + missing + beyond)} runs in this link, the first{' '}
            {formatNumber(runs.length + missing)} are compared: more cannot be told apart. Select fewer in the table of
            runs.
          </p>
        )}
      </header>
      <div className="sticky top-0 z-20 -mx-4 mb-4 border-b border-strong-line bg-page/95 px-4 py-1.5 backdrop-blur-sm sm:-mx-6 sm:px-6">
        <RunRail runs={all} hidden={hidden} onHide={(ids) => void setHide(ids.length > 0 ? [...ids] : null)} />
      </div>
      <CompareSpectra runs={named} keys={keys} point={point} steps={view} />
      <div className="mt-8 mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold tracking-tight">During training</h2>
        <Choice
          label="Step axis"
          value={axis}
          options={[
            { value: 'log', label: 'log' },
            { value: 'linear', label: 'linear' },
          ]}
          onChange={(next) => void setAxis(next)}
        />
      </div>
      <CompareTrajectories runs={named} view={view} />
      <DifferingSettings runs={all} differing={differing} />
    </>
  );
}
