/** The steps at which a config measures spectra. */
import { logSpacedSteps } from '../loop/spectrumSteps.ts';
import type { Config } from './configSchema.ts';

/** Number of log-spaced steps if the config does not say when to measure. */
const defaultCount = 8;

/**
 * The union of all options, ascending. For a drop: the last step at the old rate, and one later. A fork measures none of the steps that
 * it shares with its parent.
 */
export function spectrumSteps({ spectra, steps, schedule, fork }: Config): number[] {
  const wanted = new Set<number>(spectra.steps);
  const { every, aroundDrops } = spectra;
  const saysWhen = [spectra.steps, spectra.logSpaced, every, aroundDrops].some((way) => way !== undefined);
  const logSpaced = saysWhen ? spectra.logSpaced : defaultCount;
  if (logSpaced !== undefined) for (const step of logSpacedSteps(steps, logSpaced)) wanted.add(step);
  if (every !== undefined) for (let step = 0; step <= steps; step += every) wanted.add(step);
  if (aroundDrops !== undefined && schedule.kind === 'step') {
    for (const drop of schedule.steps) {
      wanted.add(drop);
      wanted.add(drop + aroundDrops);
    }
  }
  const shared = fork?.step ?? -1;
  return [...wanted].filter((step) => step > shared && step <= steps).sort((a, b) => a - b);
}

/** Requested spectra that would never be measured. */
export function spectraFaults({ spectra, steps, schedule }: Config): string[] {
  const faults: string[] = [];
  const outside = spectra.steps?.filter((step) => step > steps) ?? [];
  if (outside.length > 0) faults.push(`spectra.steps: ${outside.join(', ')}: this run ends at step ${steps}`);
  if (spectra.aroundDrops !== undefined && schedule.kind !== 'step') {
    faults.push(`spectra.aroundDrops: a schedule of kind ${schedule.kind} has no drops; expected one of kind step`);
  }
  return faults;
}
