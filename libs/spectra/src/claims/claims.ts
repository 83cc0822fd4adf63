/** The six claims, in the paper's order, and what runs say of them together. */
import { holm } from '../inference/holm.ts';
import type { Claim, ClaimResult, ClaimRun } from './Claim.ts';
import { batchNormSuppresses } from './batchNormSuppresses.ts';
import { negativeEigenvalues } from './negativeEigenvalues.ts';
import { outliersSlow } from './outliersSlow.ts';
import { populationStatistics } from './populationStatistics.ts';
import { rateDrops } from './rateDrops.ts';
import { residualShrinks } from './residualShrinks.ts';

export const claims: readonly Claim[] = [
  negativeEigenvalues,
  outliersSlow,
  batchNormSuppresses,
  rateDrops,
  residualShrinks,
  populationStatistics,
];

/** The chance that any claim of the family is decided although nothing is there. */
const familyLevel = 0.05;

/** Before it is adjusted: of parts that must all agree the greatest p, of parts of which one is enough the least, times their number. */
function decisiveP({ verdict, measurements }: ClaimResult): number | null {
  const deciding = measurements.filter(({ decides }) => decides);
  const values = deciding.flatMap(({ p }) => p ?? []);
  if (values.length < deciding.length || values.length === 0) return null;
  switch (verdict) {
    case 'contradicts':
      return Math.min(1, Math.min(...values) * values.length);
    case 'supports':
    case 'no effect':
    case 'cannot tell':
      return Math.max(...values);
  }
}

/**
 * Claims, each decided by its own rule on the runs that are for it; `supports` and `contradicts` stand only where they hold at 5 % for the family of
 * all that are evaluated (Holm).
 */
export function evaluateClaims(
  runs: readonly ClaimRun[],
  evaluated: readonly Claim[] = claims,
): { readonly claim: Claim; readonly result: ClaimResult }[] {
  const results = evaluated.map((claim) => ({
    claim,
    result: claim.evaluate(runs.filter((run) => run.claims?.includes(claim.id) ?? true)),
  }));
  const adjusted = holm(results.map(({ result }) => decisiveP(result)));
  return results.map(({ claim, result }, index) => {
    const p = adjusted[index] ?? null;
    const isDecided = result.verdict === 'supports' || result.verdict === 'contradicts';
    const stands = !isDecided || (p !== null && p <= familyLevel);
    return { claim, result: { ...result, p, verdict: stands ? result.verdict : 'cannot tell' } };
  });
}
