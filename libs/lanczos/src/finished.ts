/** Restores finished probes from the journals of the processes that ran them, so that parts of one set become one again. */
import { LanczosError } from './error/LanczosError.ts';
import type { LanczosJournal } from './journal/LanczosJournal.ts';
import type { Probe } from './probes/probe.ts';
import { SavedGroup } from './journal/SavedGroup.ts';

/** Probes `firstProbe` to `firstProbe + probes - 1` of a set, and the journal that `lanczos` kept of them. */
export interface FinishedProbes {
  readonly firstProbe: number;
  readonly probes: number;
  readonly file: string;
}

/**
 * Reads from each part the records of these probes. The products are not computed again, so a different operator goes unnoticed:
 * pass only journals of this operator. Throws a LanczosError (CORRUPT_STATE) for a journal of other
 * settings, or when a probe did not get to its end in any of them.
 */
export async function restoreFinished(
  probes: readonly Probe[],
  parts: readonly FinishedProbes[],
  steps: number,
  open: (part: FinishedProbes) => Promise<LanczosJournal>,
): Promise<void> {
  for (const part of parts) {
    const within = probes.filter(({ index }) => index >= part.firstProbe && index < part.firstProbe + part.probes);
    if (within.length === 0) continue;
    const journal = await open(part);
    try {
      await new SavedGroup(within, journal.dimension, journal.precision, { journal, every: 1 }).restore(true);
    } finally {
      await journal.close();
    }
  }
  for (const { index, alpha, breakdown } of probes) {
    if (breakdown || alpha.length === steps) continue;
    const state = `probe ${index} got to Lanczos step ${alpha.length} of ${steps}`;
    throw new LanczosError('CORRUPT_STATE', `The saved states do not hold finished probes: ${state}.`);
  }
}
