/** Every statistic of a spectrum that needs no option, computed together: what is stored beside a spectrum. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { plainStatisticNames, statistics, type StatisticName } from './catalogue.ts';
import type { Statistic } from './Statistic.ts';

/** By the name of the statistic; left out are those that the spectrum does not have, or that cannot be computed of it. */
export type SpectrumSummary = Readonly<Partial<Record<StatisticName, Estimate>>>;

/**
 * Names what a summary contains and how it was computed. It changes when a statistic is added to the catalogue, removed from it,
 * or gets another version, so that a summary of another version is computed again and never shown.
 */
export const summaryVersion: string = plainStatisticNames
  .map((name) => `${name}:${String(statistics[name].version)}`)
  .join(' ');

/** @param classes K, the number of classes of the task; null = unknown. */
export function summarise(spectrum: MeasuredSpectrum, classes: number | null): SpectrumSummary {
  return Object.fromEntries(
    plainStatisticNames.flatMap((name) => {
      const found = computable(statistics[name], spectrum, classes);
      return found === null ? [] : [[name, found]];
    }),
  );
}

/** Null, too, for a spectrum that is unusable, and for a value beyond 64 bits. */
function computable({ estimate }: Statistic, spectrum: MeasuredSpectrum, classes: number | null): Estimate | null {
  try {
    const found = estimate(spectrum, {}, classes);
    if (found === null || !Number.isFinite(found.value)) return null;
    const { value, standardError } = found;
    return { value, standardError: standardError !== null && Number.isFinite(standardError) ? standardError : null };
  } catch (error) {
    if (error instanceof SpectrumError) return null;
    throw error;
  }
}
