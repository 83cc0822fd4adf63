/** The statistics of a spectrum that are stored beside it, computed together. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { statisticNames, statistics, type StatisticName } from './catalogue.ts';
import type { Statistic, StatisticSettings } from './Statistic.ts';

/** By `summaryKey`; left out are statistics that the spectrum does not have, or that cannot be computed of it. */
export type SpectrumSummary = Readonly<Record<string, Estimate>>;

/** `lambdaMax`, or with options `quantile(probability=0.025)`. */
export function summaryKey(name: StatisticName, settings: StatisticSettings = {}): string {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  if (given.length === 0) return name;
  return `${name}(${given.map(([option, value]) => `${option}=${String(value)}`).join(', ')})`;
}

const summarised = statisticNames.flatMap((name) => {
  const statistic: Statistic = statistics[name];
  return statistic.summarised.map((settings) => ({ key: summaryKey(name, settings), settings, statistic }));
});

/** Of every statistic that a summary has where the spectrum has it, in the order of the catalogue. */
export const summaryKeys: readonly string[] = summarised.map(({ key }) => key);

/**
 * Names what a summary contains and how it was computed. It changes when a statistic is added to the catalogue, removed from it,
 * or gets another version, so that a summary of another version is computed again and never shown.
 */
export const summaryVersion: string = summarised
  .map(({ key, statistic }) => `${key}:${String(statistic.version)}`)
  .join(' ');

/** @param classes K, the number of classes of the task; null = unknown. */
export function summarise(spectrum: MeasuredSpectrum, classes: number | null): SpectrumSummary {
  return Object.fromEntries(
    summarised.flatMap(({ key, settings, statistic }) => {
      const found = computable(statistic, spectrum, settings, classes);
      return found === null ? [] : [[key, found]];
    }),
  );
}

/** Null, too, for a spectrum that is unusable, and for a value beyond 64 bits. */
function computable(
  { estimate }: Statistic,
  spectrum: MeasuredSpectrum,
  settings: StatisticSettings,
  classes: number | null,
): Estimate | null {
  try {
    const found = estimate(spectrum, settings, classes);
    if (found === null || !Number.isFinite(found.value)) return null;
    const { value, standardError } = found;
    return { value, standardError: standardError !== null && Number.isFinite(standardError) ? standardError : null };
  } catch (error) {
    if (error instanceof SpectrumError) return null;
    throw error;
  }
}
