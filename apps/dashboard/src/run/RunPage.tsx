'use client';
/** The run page: the spectrum at a step and its evolution beside the trajectories, then the training curves and the settings. */
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useQueryStates } from 'nuqs';
import { assignStyles, createCursor, jumpAt, rateDrops, type Domain, type RateDrop } from '@ritz/charts';
import {
  RunDocument,
  RunHistoryDocument,
  RunTrajectoryDocument,
  type RunHistoryQuery,
  type RunTrajectoryQuery,
} from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useStepAxis, useZoom } from '../figure/urlState.ts';
import { historyPoints } from '../data/lists.ts';
import { useLive } from '../data/useLive.ts';
import { BlockDistances } from './BlockDistances.tsx';
import { Blocks } from './Blocks.tsx';
import { curvatureParsers } from './curvatureParsers.ts';
import { Density } from './Density.tsx';
import { EdgeOfStability } from './EdgeOfStability.tsx';
import { Evolution } from './Evolution.tsx';
import { GradientEnergy } from './GradientEnergy.tsx';
import { Operators, operatorsAt } from './Operators.tsx';
import { Outliers } from './Outliers.tsx';
import { Phases } from './Phases.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunSettings } from './RunSettings.tsx';
import { blocksOf, chosenCurvature, sameCurvature, spectraOf, type Curvature, type Run } from './spectra.ts';
import { StepBar } from './StepBar.tsx';
import { TopSpace } from './TopSpace.tsx';
import { Training } from './Training.tsx';
import { useRunChanges } from './useRunChanges.ts';
import { useRunCurves } from './useRunCurves.ts';
import { useRunDensityView } from './useRunDensityView.ts';
import { useSpectrumAtStep } from './useSpectrumAtStep.ts';
import { limitCurve, useStability } from './useStability.ts';
import { useStepState } from './useStepState.ts';

export interface RunPageProps {
  readonly run: Run;
  readonly history: RunHistoryQuery;
  /** Of `curvature`. */
  readonly trajectory: RunTrajectoryQuery;
  readonly curvature: Curvature;
}

const figureHeight = 380;

export function RunPage(initial: RunPageProps) {
  const { id } = initial.run;
  const run = useLive(RunDocument, { id }, { run: initial.run })?.run ?? initial.run;
  const live = useRunChanges(id, run.status === 'RUNNING', run.spectra.length);
  const history = useLive(RunHistoryDocument, { id, maxPoints: historyPoints }, initial.history)?.run?.history;

  const [asked, setCurvature] = useQueryStates(curvatureParsers, { history: 'push' });
  const curvature = useMemo(() => chosenCurvature(run, asked), [run, asked]);
  const loaded = sameCurvature(curvature, initial.curvature) ? initial.trajectory : undefined;
  const trajectory = useLive(RunTrajectoryDocument, { id, ...curvature }, loaded)?.run?.trajectory;
  const spectra = useMemo(() => spectraOf(run, curvature), [run, curvature]);
  const steps = useMemo(() => [...spectra.keys()], [spectra]);

  const state = useStepState(steps);
  const { step, onPickStep, range, playRange, against, setAgainst } = state;

  const [axis, setAxis] = useStepAxis();
  const [cursor] = useState(createCursor);
  const [lambdaCursor] = useState(createCursor);
  const planned = run.plannedSteps ?? 0;
  const lastStep = Math.max(1, history?.step.at(-1) ?? 0, steps.at(-1) ?? 0, planned);
  // The density follows the slider immediately; the mark in the step charts is deferred.
  const currentStep = useDeferredValue(step);
  const drops = useMemo(() => rateDrops(run.schedule, lastStep), [run.schedule, lastStep]);
  const curves = useRunCurves({ id, curvature, classes: run.classes, trajectory, drops, lastStep });
  const lambda1 = curves?.outliers[0];
  const stability = useStability(id, history?.step.at(-1));
  const limit = useMemo(() => limitCurve(stability.found, curvature), [stability.found, curvature]);
  const hasBlocks = blocksOf(run, curvature.operator).filter((block) => block !== 'all').length > 1;
  const hasOperators = step !== null && operatorsAt(run, curvature, step).length > 1;
  const onPickCell = useCallback(
    (block: string, at: number) => {
      void setCurvature(chosenCurvature(run, { ...curvature, block }));
      onPickStep(at);
    },
    [run, curvature, setCurvature, onPickStep],
  );
  const onPickDrop = useCallback(
    (drop: RateDrop) => {
      const jump = lambda1 && jumpAt(lambda1, drop.step);
      setAgainst(jump?.before.step ?? null);
      onPickStep(jump?.after.step ?? drop.step);
    },
    [lambda1, setAgainst, onPickStep],
  );
  const onPickSteps = useCallback(
    (at: number, other: number) => {
      onPickStep(at);
      setAgainst(other);
    },
    [onPickStep, setAgainst],
  );
  const view = useMemo(
    (): StepView => ({
      axis,
      lastStep,
      measuredSteps: steps,
      currentStep,
      onPickStep,
      cursor,
      drops,
      onPickDrop,
      range,
      onBrush: playRange,
      schedule: history
        ? [{ id: 'rate', label: 'learning rate', style: 0, x: history.step, y: history.learningRate }]
        : [],
    }),
    [axis, lastStep, steps, currentStep, onPickStep, cursor, drops, onPickDrop, range, playRange, history],
  );

  const style = assignStyles([id]).get(id) ?? 0;
  const { shown, error, retry } = useSpectrumAtStep(spectra, step, style, run.classes, against);
  const { settings } = useRunDensityView();
  const [, setZoom] = useZoom();
  const onZoom = (domain: Domain): void => void setZoom(domain);
  const extent: Domain = shown ? [shown.facts.lambdaMin, shown.facts.lambdaMax] : [0, 1];
  if (!history) return null;
  return (
    <>
      <RunHeader run={run} lastStep={history.step.at(-1) ?? 0} live={live} />
      {step === null ? (
        <NothingMeasured>
          {run.status === 'RUNNING' ? 'No spectra yet. The first one will appear here.' : 'This run has no spectra.'}
        </NothingMeasured>
      ) : (
        <StepBar
          run={run}
          curvature={curvature}
          onCurvature={(next) => void setCurvature(next)}
          steps={steps}
          step={step}
          state={state}
          sigma={shown?.curve.sigma ?? null}
          extent={extent}
        />
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,7fr)_minmax(0,6fr)]">
        {step !== null && (
          <section aria-label="Spectrum at a step" className="min-w-0 space-y-4">
            {error && <Failed error={error} onRetry={retry} />}
            {!error && !shown && <Waiting height={figureHeight} />}
            {shown && (
              <Density
                run={run}
                {...shown}
                onClearGhost={() => {
                  setAgainst(null);
                }}
                settings={settings}
                extent={extent}
                cursor={lambdaCursor}
                onZoom={onZoom}
              />
            )}
            {hasOperators && <Operators run={run} curvature={curvature} step={step} cursor={lambdaCursor} />}
            {steps.length > 1 && trajectory && (
              <Evolution
                id={id}
                name={run.name}
                curvature={curvature}
                spectra={spectra}
                trajectory={trajectory}
                history={history}
                limit={limit}
                view={view}
              />
            )}
            {shown && (
              <GradientEnergy
                id={id}
                curvature={curvature}
                spectrumId={shown.spectrum.id}
                newest={steps.at(-1)}
                step={shown.step}
                measured={shown.measured}
                axis={shown.figure?.x ?? null}
                cursor={lambdaCursor}
                onZoom={onZoom}
              />
            )}
          </section>
        )}
        <section aria-label="During training" className="grid min-w-0 gap-4 lg:max-xl:grid-cols-2">
          <div className="flex flex-wrap items-center justify-between gap-3 lg:max-xl:col-span-2">
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
          {curves && (
            <div className="lg:max-xl:col-span-2">
              <Phases phases={curves.phases} range={range} onPlay={playRange} />
            </div>
          )}
          {trajectory && curves ? (
            <Outliers
              run={run}
              curvature={curvature}
              spectra={spectra}
              trajectory={trajectory}
              curves={curves}
              limit={limit}
              view={view}
            />
          ) : (
            <Waiting height={figureHeight} />
          )}
          {stability.error && <Failed error={stability.error} onRetry={stability.retry} />}
          {stability.found && <EdgeOfStability found={stability.found} view={view} />}
          {steps.length > 1 && (
            <TopSpace id={id} curvature={curvature} newest={steps.at(-1)} view={view} onPickSteps={onPickSteps} />
          )}
          {hasBlocks && (
            <Blocks
              run={run}
              curvature={curvature}
              spectra={spectra}
              newest={steps.at(-1)}
              view={view}
              onPickCell={onPickCell}
            />
          )}
          {hasBlocks && currentStep !== null && <BlockDistances run={run} curvature={curvature} step={currentStep} />}
        </section>
      </div>
      <div className="mt-4 grid gap-4 lg:grid-cols-2 2xl:grid-cols-4">
        <Training id={id} history={history} view={view} />
      </div>
      <RunSettings run={run} />
    </>
  );
}
