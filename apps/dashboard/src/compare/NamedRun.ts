/** The runs that a page compares. */
import type { AlignedRun, MeasuredSpectrum, MeasurementConditions } from '@ritz/charts';
import type { CompareRunsQuery } from '@ritz/client';

export type ComparedRun = CompareRunsQuery['runs']['nodes'][number];
export type ComparedSpectrum = ComparedRun['spectra'][number];

/** A run with the name and style shared by all its curves on the page. */
export interface NamedRun {
  readonly run: ComparedRun;
  readonly id: string;
  readonly label: string;
  readonly style: number;
}

/** A run with a spectrum at the alignment point. */
export interface MeasuredRun extends NamedRun {
  readonly step: number;
  readonly measured: MeasuredSpectrum;
  readonly conditions: MeasurementConditions;
}

/** The spectra to compare: those of the whole Hessian. */
export function hessianSpectra({ spectra }: ComparedRun): ComparedSpectrum[] {
  return spectra.filter(
    ({ operator, block, preconditioner }) => operator === 'HESSIAN' && block === 'all' && preconditioner === 'NONE',
  );
}

/**
 * The quantities a run is aligned by: its drawn curves, plus the values logged at the measured steps, which downsampling may have dropped.
 */
export function alignedRun(run: ComparedRun): AlignedRun {
  const { history } = run;
  const logged = new Map(
    history.step.map((step, index) => [
      step,
      [history.epoch[index] ?? null, history.trainLoss[index] ?? null] as const,
    ]),
  );
  for (const { step } of run.spectra) {
    const known = logged.get(step.number);
    logged.set(step.number, [step.epoch ?? known?.[0] ?? null, step.trainLoss ?? known?.[1] ?? null]);
  }
  const steps = [...logged].sort(([a], [b]) => a - b);
  return {
    schedule: run.schedule,
    plannedSteps: run.plannedSteps,
    history: {
      number: steps.map(([step]) => step),
      epoch: steps.map(([, [epoch]]) => epoch),
      trainLoss: steps.map(([, [, loss]]) => loss),
    },
  };
}
