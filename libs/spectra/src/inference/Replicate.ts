/** Measured numbers with what they are replicates of. Seeds of one net are alike: nets are the independent units, where there are several. */
import { grouped } from './grouped.ts';

export interface Replicate {
  readonly value: number;
  /** Net, data and schedule. */
  readonly net: string;
  readonly seed: number;
}

/** Independent values: the means of the nets, or of the seeds where all are of one net. */
export interface Units {
  readonly of: 'nets' | 'seeds';
  readonly values: readonly number[];
}

/** Means of the groups of replicates that share a key, in the order in which the keys come first. */
function meansBy(replicates: readonly Replicate[], keyOf: (replicate: Replicate) => string): Replicate[] {
  return grouped(replicates, keyOf).flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, value: mean(group.map(({ value }) => value)) })),
  );
}

/**
 * Several values of one run count as one, and all seeds of a net as one where there are other nets: the mean over clusters with an
 * interval over clusters has its stated coverage however alike the members of a cluster are (Donner and Klar, Design and Analysis of
 * Cluster Randomization Trials, 2000, §6).
 */
export function independentUnits(replicates: readonly Replicate[]): Units {
  const seeds = meansBy(replicates, ({ net, seed }) => JSON.stringify([net, seed]));
  const nets = meansBy(seeds, ({ net }) => net);
  const [of, units] = nets.length < 2 ? (['seeds', seeds] as const) : (['nets', nets] as const);
  return { of, values: units.map(({ value }) => value) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
