'use client';
/** Several runs on shared axes: spectra at one point of training, groups, trajectories and differing settings. */
import { useDeferredValue, useMemo } from 'react';
import { assignStyles, formatNumber, Legend } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { ShareLink } from '../figure/ShareLink.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStepAxis } from '../figure/urlState.ts';
import { CompareSpectra } from './CompareSpectra.tsx';
import { CompareTrajectories } from './CompareTrajectories.tsx';
import { DifferingSettings } from './DifferingSettings.tsx';
import { hessianSpectra, type ComparedRun } from './NamedRun.ts';
import { useAlignmentPoint } from './useAlignmentPoint.ts';

export interface ComparePageProps {
  readonly runs: readonly ComparedRun[];
  readonly differing: DifferingSettingsQuery['compare']['differingSettings'];
  /** Number of runs in the address that no longer exist. */
  readonly missing: number;
  /** Number of runs in the address beyond the limit. */
  readonly beyond: number;
}

export function ComparePage({ runs, differing, missing, beyond }: ComparePageProps) {
  const [axis, setAxis] = useStepAxis();
  const named = useMemo(() => {
    const styles = assignStyles(runs.map(({ id }) => id));
    return runs.map((run) => ({ run, id: run.id, label: run.name, style: styles.get(run.id) ?? 0 }));
  }, [runs]);
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
  const lastStep = Math.max(1, ...measuredSteps, ...runs.map(({ history }) => history.step.at(-1) ?? 0));
  // The densities follow the slider immediately; the mark in the step charts is deferred.
  const currentStep = useDeferredValue(point.alignment === 'STEP' ? point.position : null);
  const { setStep } = point;
  const view = useMemo(
    (): StepView => ({ axis, lastStep, measuredSteps, currentStep, onPickStep: setStep, schedule }),
    [axis, lastStep, measuredSteps, currentStep, setStep, schedule],
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
        <Legend series={named} />
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
      <CompareSpectra runs={named} point={point} steps={view} />
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
      <DifferingSettings runs={named} differing={differing} />
    </>
  );
}
