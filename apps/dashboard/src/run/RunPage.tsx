'use client';
/** The run page: spectrum at a step, training curves, spectral trajectories, settings. */
import { useCallback, useDeferredValue, useMemo } from 'react';
import { assignStyles } from '@ritz/charts';
import {
  RunDocument,
  RunHistoryDocument,
  RunTrajectoryDocument,
  type RunHistoryQuery,
  type RunTrajectoryQuery,
} from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { nearestStep } from '../figure/nearest.ts';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStep, useStepAxis } from '../figure/urlState.ts';
import { historyPoints } from '../data/lists.ts';
import { useLive } from '../data/useLive.ts';
import { Evolution } from './Evolution.tsx';
import { Outliers } from './Outliers.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunSettings } from './RunSettings.tsx';
import { hessianSpectra, type Run } from './spectra.ts';
import { SpectrumAtStep } from './SpectrumAtStep.tsx';
import { Training } from './Training.tsx';
import { useRunChanges } from './useRunChanges.ts';

export interface RunPageProps {
  readonly run: Run;
  readonly history: RunHistoryQuery;
  readonly trajectory: RunTrajectoryQuery;
}

export function RunPage(initial: RunPageProps) {
  const { id } = initial.run;
  const run = useLive(RunDocument, { id }, { run: initial.run }).run ?? initial.run;
  const live = useRunChanges(id, run.status === 'RUNNING');
  const history = useLive(RunHistoryDocument, { id, maxPoints: historyPoints }, initial.history).run?.history;
  const trajectory = useLive(RunTrajectoryDocument, { id }, initial.trajectory).run?.trajectory;

  const [wanted, setStep] = useStep();
  const [axis, setAxis] = useStepAxis();
  const spectra = useMemo(() => hessianSpectra(run), [run]);
  const steps = useMemo(() => [...spectra.keys()], [spectra]);
  const step = nearestStep(steps, wanted);
  const style = assignStyles([id]).get(id) ?? 0;
  const lastStep = Math.max(1, history?.step.at(-1) ?? 0, steps.at(-1) ?? 0, run.plannedSteps ?? 0);
  // The density follows the slider immediately; the mark in the step charts is deferred.
  const currentStep = useDeferredValue(step);
  const onPickStep = useCallback(
    (picked: number) => void setStep(nearestStep(steps, picked), { history: 'push' }),
    [setStep, steps],
  );
  const view = useMemo(
    (): StepView => ({
      axis,
      lastStep,
      measuredSteps: steps,
      currentStep,
      onPickStep,
      schedule: history
        ? [{ id: 'rate', label: 'learning rate', style: 0, x: history.step, y: history.learningRate }]
        : [],
    }),
    [axis, lastStep, steps, currentStep, onPickStep, history],
  );
  if (!history || !trajectory) return null;
  return (
    <>
      <RunHeader run={run} lastStep={history.step.at(-1) ?? 0} live={live} />
      <SpectrumAtStep run={run} style={style} spectra={spectra} step={step} onStep={(next) => void setStep(next)} />
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
      <p className="mb-4 max-w-[90ch] text-[13px] text-muted">
        The small marks on each axis are the steps with a measured spectrum; the dashed line is the one shown above.
        Click a chart to select the nearest measured step. The grey strip shows the learning rate (linear, from 0).
      </p>
      {steps.length > 1 && (
        <div className="mb-4">
          <Evolution id={id} spectra={spectra} view={view} />
        </div>
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        <Outliers id={id} classes={run.classes} trajectory={trajectory} history={history} view={view} />
        <Training id={id} history={history} view={view} />
      </div>
      <RunSettings run={run} />
    </>
  );
}
