/** A number over replicates, and what it decides. */
import { hodgesLehmann } from '../inference/hodgesLehmann.ts';
import { moreUnits } from '../inference/moreUnits.ts';
import { independentUnits, mean, type Replicate } from '../inference/Replicate.ts';
import { signFlipTest } from '../inference/signFlips.ts';
import { studentInterval, studentTest } from '../inference/studentInterval.ts';
import type { Claimed, Measurement, Verdict } from './Claim.ts';

const confidence = 0.95;
/** Both ends of this interval are one-sided bounds of 95 %. */
const equivalenceConfidence = 0.9;

/** Replicates without a number (NaN) count as missing. */
export function measurement(
  label: string,
  claimed: Claimed,
  measured: readonly Replicate[],
  { decides = true }: { readonly decides?: boolean } = {},
): Measurement {
  const replicates = measured.filter(({ value }) => Number.isFinite(value));
  const units = independentUnits(replicates);
  const { values } = units;
  const distances = values.map((value) => value - claimed.of);
  const verdict = decide(values, claimed);
  return {
    label,
    mean: mean(values),
    interval: studentInterval(values, confidence),
    replicates,
    units,
    missing: measured.length - replicates.length,
    missingMatter: doMissingMatter(measured, claimed, verdict),
    claimed,
    decides,
    p: studentTest(values, claimed.of),
    signFlipP: signFlipTest(distances),
    centre: hodgesLehmann(values, confidence),
    more: moreUnits(values, claimed.of, confidence),
    verdict,
  };
}

function decide(values: readonly number[], { side, of, smallest }: Claimed): Verdict {
  const interval = studentInterval(values, confidence);
  const narrow = studentInterval(values, equivalenceConfidence);
  if (!interval || !narrow) return 'cannot tell';
  if (smallest !== undefined && narrow[0] > of - smallest && narrow[1] < of + smallest) return 'no effect';
  if (interval[0] > of) return side === 'above' ? 'supports' : 'contradicts';
  if (interval[1] < of) return side === 'below' ? 'supports' : 'contradicts';
  return 'cannot tell';
}

function doMissingMatter(measured: readonly Replicate[], claimed: Claimed, verdict: Verdict): boolean {
  const known = measured.map(({ value }) => value).filter(Number.isFinite);
  if (known.length === measured.length || known.length === 0) return false;
  return [Math.min(...known), Math.max(...known)].some((extreme) => {
    const filled = measured.map((each) => (Number.isFinite(each.value) ? each : { ...each, value: extreme }));
    return decide(independentUnits(filled).values, claimed) !== verdict;
  });
}

/** A claim of several parts: contradicted by any, supported only by all; without effect where no part has one. */
export function together(measurements: readonly Measurement[]): Verdict {
  const parts = measurements.filter(({ decides }) => decides);
  const all = (wanted: Verdict): boolean => parts.length > 0 && parts.every(({ verdict }) => verdict === wanted);
  if (parts.some(({ verdict }) => verdict === 'contradicts')) return 'contradicts';
  if (all('supports')) return 'supports';
  return all('no effect') ? 'no effect' : 'cannot tell';
}
