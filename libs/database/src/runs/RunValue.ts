/** One number of a run: a statistic of one of its spectra, or a measure of one of its steps. */
import type { CurvatureOperator, Preconditioner, StepMeasure } from '@ritz/records';
import type { Alignment, StatisticName } from '@ritz/spectra';

/** Over what was measured along the run: at its first or last step, or where the value is largest or smallest. */
export type RunPosition = 'FIRST' | 'LAST' | 'MAX' | 'MIN';

/** A moment of the training, as `positionOf` of @ritz/spectra defines it. */
export interface NearMoment {
  readonly alignment: Alignment;
  readonly position: number;
  /** Nothing farther away counts. Default: no limit. */
  readonly tolerance?: number | null | undefined;
}

/** A statistic that needs no option, of the newest measurements of one operator, block and preconditioner. */
export interface RunStatistic {
  readonly name: StatisticName;
  /** Default: LAST. Not together with `near`. */
  readonly at?: RunPosition | null | undefined;
  /** The measured step nearest to this moment, the earlier of two. */
  readonly near?: NearMoment | null | undefined;
  /** Default: hessian. */
  readonly operator?: CurvatureOperator | null | undefined;
  /** Default: all. */
  readonly block?: string | null | undefined;
  /** Default: none. */
  readonly preconditioner?: Preconditioner | null | undefined;
}

/** What was logged at a step. */
export interface RunMeasure {
  readonly name: StepMeasure;
  /** Over the steps where it was logged. Default: LAST. Not together with `near`. */
  readonly at?: RunPosition | null | undefined;
  /** The step where it was logged nearest to this moment, the earlier of two. */
  readonly near?: NearMoment | null | undefined;
}

/** The spectra of one matrix along a training. */
export interface SpectrumSeries {
  readonly operator: CurvatureOperator;
  readonly block: string;
  readonly preconditioner: Preconditioner;
}

/** The series that a statistic is of: the whole Hessian unless it is said otherwise. */
export function seriesOf({ operator, block, preconditioner }: RunStatistic): SpectrumSeries {
  return { operator: operator ?? 'hessian', block: block ?? 'all', preconditioner: preconditioner ?? 'none' };
}

export interface RunValue {
  /** Null where the spectrum at this position does not have the statistic. */
  readonly value: number | null;
  readonly standardError: number | null;
  readonly step: number;
}

/** A condition on a number of a run. */
export interface RunValueCondition {
  readonly atLeast?: number | null | undefined;
  readonly atMost?: number | null | undefined;
  /** False: the run has no such value. */
  readonly exists?: boolean | null | undefined;
}
