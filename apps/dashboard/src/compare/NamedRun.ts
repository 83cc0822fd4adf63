/** The runs that a page compares. */
import { assignStyles, type AlignedRun, type MeasuredSpectrum, type MeasurementConditions } from '@ritz/charts';
import type { ComparedRun } from './ComparedRun.ts';
import type { Grouping, Keys } from './groupings.ts';

/** Runs of one colour. */
interface HueGroup {
  /** A word, for class names. */
  readonly id: string;
  /** What they have in common; the name of the run where each has a colour of its own. */
  readonly name: string;
  readonly style: number;
}

/** A run with the name and style shared by all its curves on the page. */
export interface NamedRun {
  readonly run: ComparedRun;
  readonly id: string;
  readonly label: string;
  readonly style: number;
  readonly group: HueGroup;
}

/** A run with a spectrum at the alignment point. */
export interface MeasuredRun extends NamedRun {
  readonly step: number;
  readonly measured: MeasuredSpectrum;
  readonly conditions: MeasurementConditions;
}

/** Styles of one colour are this far apart; there are three of them. */
const nextDash = 8;

/** Each run in a colour of its own, or in that of all runs with the same value of a setting, told apart by dashes. */
export function namedRuns(runs: readonly ComparedRun[], keys: Keys, colour: Grouping | null): readonly NamedRun[] {
  if (colour === null) {
    const styles = assignStyles(runs.map(({ id }) => id));
    return runs.map((run) => {
      const { id, name } = run;
      const style = styles.get(id) ?? 0;
      return { run, id, label: name, style, group: { id, name, style } };
    });
  }
  const values = [...new Set(runs.map((run) => keys.valueOf(run, colour)))];
  const styles = assignStyles(values);
  const groups = new Map(
    values.map((name, index) => [name, { id: `group-${String(index)}`, name, style: styles.get(name) ?? 0 }]),
  );
  const members = new Map<string, number>();
  return runs.flatMap((run): NamedRun[] => {
    const group = groups.get(keys.valueOf(run, colour));
    if (!group) return [];
    const before = members.get(group.id) ?? 0;
    members.set(group.id, before + 1);
    return [{ run, id: run.id, label: run.name, style: group.style + nextDash * (before % 3), group }];
  });
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
