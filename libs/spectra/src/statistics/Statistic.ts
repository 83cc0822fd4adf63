/** What a statistic of a spectrum is: its words, its options, and the function that estimates it. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';

/**
 * `curvature`: in units of the eigenvalues. `share`: of all eigenvalues, 0 to 1. `count`: of eigenvalues. `ratio`: of two
 * eigenvalues.
 */
export type StatisticUnit = 'curvature' | 'share' | 'count' | 'ratio';

export interface StatisticOption {
  readonly description: string;
  readonly required: boolean;
}

/** Values of options, by name. */
export type StatisticSettings<Option extends string = string> = Readonly<Partial<Record<Option, number>>>;

export interface Statistic<Option extends string = string> {
  /** As a heading: "Effective rank". */
  readonly title: string;
  /** One sentence, in ASCII. */
  readonly description: string;
  readonly unit: StatisticUnit;
  /** Always an integer. */
  readonly integer: boolean;
  /** Numbers that it can be asked for with, by name. */
  readonly options: Readonly<Record<Option, StatisticOption>>;
  /** Some spectra do not have it: it is null there. */
  readonly nullable: boolean;
  /** Makes sense as a curve along the training. */
  readonly perStep: boolean;
  /** Makes sense as a column that runs are sorted by. */
  readonly sortable: boolean;
  /** Whether the outliers of a spectrum have it already. */
  readonly ofOutliers: boolean;
  /** With which options its value is stored beside a spectrum: none, unless it needs some. */
  readonly summarised: readonly StatisticSettings[];
  /** Raised whenever its values change: stored values of another version are computed again. */
  readonly version: number;
  /**
   * @param classes K, the number of classes of the task; null = unknown.
   * @throws SpectrumError BAD_OPTION for an option outside its range.
   */
  estimate(spectrum: MeasuredSpectrum, settings: StatisticSettings<Option>, classes: number | null): Estimate | null;
}

type Preset = 'integer' | 'options' | 'nullable' | 'perStep' | 'sortable' | 'ofOutliers' | 'summarised' | 'version';

/** A statistic without options that every spectrum has, unless something else is said. */
export function statistic<const Option extends string = never>(
  given: Omit<Statistic<Option>, Preset> & Partial<Pick<Statistic<Option>, Preset>>,
): Statistic<Option> {
  const words = { integer: false, nullable: false, perStep: true, sortable: true, ofOutliers: false };
  return { ...words, summarised: [{}], version: 1, options: {} as Statistic<Option>['options'], ...given };
}
