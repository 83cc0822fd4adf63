'use client';
/** Several runs on the same axes: densities at one step, trajectories, training curves, and the settings that differ. */
import { useMemo } from 'react';
import { assignStyles, formatNumber, Legend } from '@ritz/charts';
import { Choice } from '../figure/Choice.tsx';
import { nearestStep } from '../figure/nearest.ts';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStep, useStepAxis } from '../figure/urlState.ts';
import { unionOfSteps, type ComparedRun } from './aligned.ts';
import { CompareDensities } from './CompareDensities.tsx';
import { CompareTrajectories } from './CompareTrajectories.tsx';
import { MeasuredDistances } from './MeasuredDistances.tsx';
import { DifferingSettings } from './DifferingSettings.tsx';

export interface ComparePageProps {
  readonly runs: readonly ComparedRun[];
  /** How many runs of the address are not stored. */
  readonly missing: number;
}

export function ComparePage({ runs, missing }: ComparePageProps) {
  const [wanted, setStep] = useStep();
  const [axis, setAxis] = useStepAxis();
  const steps = useMemo(() => unionOfSteps(runs), [runs]);
  const step = nearestStep(steps, wanted);
  const named = useMemo(() => {
    const styles = assignStyles(runs.map(({ id }) => id));
    return runs.map((run) => ({ run, id: run.id, label: run.name, style: styles.get(run.id) ?? 0 }));
  }, [runs]);
  const view: StepView = {
    axis,
    lastStep: Math.max(1, ...steps, ...runs.map(({ history }) => history.step.at(-1) ?? 0)),
    measuredSteps: steps,
    currentStep: step,
    onPickStep: (picked) => void setStep(nearestStep(steps, picked)),
    schedule: named.map(({ run, id, label, style }) => ({
      id,
      label,
      style,
      x: run.history.step,
      y: run.history.learningRate,
    })),
  };
  return (
    <>
      <header className="mb-5">
        <h1 className="mb-2 text-[22px] leading-tight font-semibold tracking-tight">
          {runs.length === 1 ? runs[0]?.name : `${formatNumber(runs.length)} runs compared`}
        </h1>
        <Legend series={named} />
        {missing > 0 && (
          <p role="status" className="mt-2 text-[13px] text-warn">
            {missing === 1 ? 'One run of this link is' : `${formatNumber(missing)} runs of this link are`} not stored
            any more.
          </p>
        )}
      </header>
      <CompareDensities runs={named} steps={steps} step={step} onStep={(next) => void setStep(next)} />
      <MeasuredDistances runs={named} step={step} />
      <div className="mt-8 mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold tracking-tight">Along the training</h2>
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
      <DifferingSettings runs={named} />
    </>
  );
}
