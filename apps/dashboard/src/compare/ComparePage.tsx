'use client';
/** Several runs on shared axes: spectra at one point of training, small multiples, trajectories and differing settings. */
import { useDeferredValue, useMemo, useState } from 'react';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { createCursor, formatNumber } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStepAxis } from '../figure/urlState.ts';
import { CurvatureControls } from '../run/CurvatureControls.tsx';
import { curvatureParsers } from '../run/curvatureParsers.ts';
import type { Curvature } from '../run/spectra.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { CompareSpectra } from './CompareSpectra.tsx';
import { CompareTrajectories } from './CompareTrajectories.tsx';
import { DifferingSettings } from './DifferingSettings.tsx';
import { drawings, usualDrawing } from './drawings.ts';
import { keysOf, usualColour } from './groupings.ts';
import { KeySelect } from './KeySelect.tsx';
import { LeftOut } from './LeftOut.tsx';
import type { ComparedRun } from './ComparedRun.ts';
import { namedRuns } from './NamedRun.ts';
import { RunRail } from './RunRail.tsx';
import { useAlignmentPoint } from './useAlignmentPoint.ts';

export interface ComparePageProps {
  readonly runs: readonly ComparedRun[];
  readonly differing: DifferingSettingsQuery['compare']['differingSettings'];
  /** What the spectra of `runs` are of. */
  readonly curvature: Curvature;
  /** Number of runs in the address that no longer exist. */
  readonly missing: number;
  /** Number of runs in the address beyond the limit. */
  readonly beyond: number;
}

const hiddenRuns = parseAsArrayOf(parseAsString).withDefault([]);
/** In the address where each run has a colour of its own though there are many. */
const eachRun = 'run';

export function ComparePage({ runs, differing, curvature, missing, beyond }: ComparePageProps) {
  const [axis, setAxis] = useStepAxis();
  const [askedColour, setColour] = useQueryState('colour', parseAsString);
  const [askedDrawing, setDrawing] = useQueryState('draw', parseAsStringLiteral(drawings));
  const [hide, setHide] = useQueryState('hide', hiddenRuns);
  // Spectra of another matrix are loaded by the server.
  const [, setCurvature] = useQueryStates(curvatureParsers, { history: 'push', shallow: false });
  const keys = useMemo(
    () =>
      keysOf(
        runs.map(({ id }) => id),
        differing,
      ),
    [runs, differing],
  );
  const colour = useMemo(() => {
    if (askedColour !== null && keys.names.has(askedColour)) return askedColour;
    return askedColour === eachRun ? null : usualColour(runs, keys);
  }, [askedColour, runs, keys]);
  const all = useMemo(() => namedRuns(runs, keys, colour), [runs, keys, colour]);
  const drawing = askedDrawing ?? usualDrawing(all);
  const hidden = useMemo(() => new Set(hide), [hide]);
  const shown = useMemo(() => all.filter(({ id }) => !hidden.has(id)), [all, hidden]);
  // Hiding all of them would leave nothing to show them again beside.
  const named = shown.length > 0 ? shown : all;
  const measured = useMemo(() => ({ spectra: runs.flatMap(({ measuredOperators }) => measuredOperators) }), [runs]);
  const point = useAlignmentPoint(named);
  const measuredSteps = useMemo(
    () => [...new Set(runs.flatMap(({ spectra }) => spectra.map(({ step }) => step.number)))].sort((a, b) => a - b),
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
      <header className="mb-4">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-[22px] leading-tight font-semibold tracking-tight">
            {runs.length === 1 ? runs[0]?.name : `${formatNumber(runs.length)} runs compared`}
          </h1>
          <span className="flex items-center gap-2">
            <ViewsMenu />
            <ShareLink />
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <KeySelect
            label="Colour by"
            nothing="run"
            value={colour}
            keys={keys}
            onChange={(key) => void setColour(key ?? eachRun)}
          />
          {colour !== null && (
            <Choice
              label="Draw"
              value={drawing}
              options={[
                { value: 'runs', label: 'every run' },
                {
                  value: 'range',
                  label: 'median and range',
                  title: 'Of the runs of each colour; of densities the mean',
                },
              ]}
              onChange={(next) => void setDrawing(next)}
            />
          )}
          <CurvatureControls run={measured} curvature={curvature} onChange={(next) => void setCurvature(next)} />
        </div>
        <LeftOut runs={runs.length} missing={missing} beyond={beyond} />
      </header>
      <div className="gap-5 xl:grid xl:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="sticky top-0 z-20 -mx-4 mb-4 max-h-28 overflow-y-auto border-b border-strong-line bg-page/95 px-4 py-1.5 backdrop-blur-sm sm:-mx-6 sm:px-6 xl:mx-0 xl:max-h-dvh xl:self-start xl:border-0 xl:px-0">
          <RunRail
            runs={all}
            grouped={colour !== null}
            hidden={hidden}
            onHide={(ids) => void setHide(ids.length > 0 ? [...ids] : null)}
          />
        </div>
        <div className="min-w-0">
          <CompareSpectra runs={named} keys={keys} curvature={curvature} drawing={drawing} point={point} steps={view} />
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
          <CompareTrajectories runs={named} curvature={curvature} drawing={drawing} view={view} />
          <DifferingSettings runs={all} differing={differing} />
        </div>
      </div>
    </>
  );
}
