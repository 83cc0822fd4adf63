/** The steps at which a config asks for spectra. */
import { logSpacedSteps } from '../loop/spectrumSteps.ts';
import type { Config } from './configSchema.ts';

/** All of its ways together, within the run, ascending. Drops: the last step before and the first after, and further away. */
export function spectrumSteps({ spectra, steps, schedule }: Config): number[] {
  const wanted = new Set<number>(spectra.steps);
  if (spectra.logSpaced !== undefined) for (const step of logSpacedSteps(steps, spectra.logSpaced)) wanted.add(step);
  if (spectra.every !== undefined) for (let step = 0; step <= steps; step += spectra.every) wanted.add(step);
  if (spectra.aroundDrops !== undefined && schedule.kind === 'step') {
    for (const drop of schedule.steps) {
      wanted.add(drop);
      wanted.add(drop + spectra.aroundDrops);
    }
  }
  return [...wanted].filter((step) => step >= 0 && step <= steps).sort((a, b) => a - b);
}
