/** F4: lowering the learning rate shrinks the large eigenvalues (paper, §3.2; against some accounts of flat and sharp minima). */
import type { Claim, ClaimRun, ClaimSpectrum } from './Claim.ts';
import { differencesAtEqualLoss } from './equalLoss.ts';
import { logLargest, trajectories, type Fact } from './facts.ts';
import { measurement, together } from './measurement.ts';
import { isComparable, pairReplicate, pairsOf, type Pair } from './pairs.ts';

/** One run whose rate drops and one whose rate stays: the same run until the first drop, so that all drift is in both. */
function forks(runs: readonly ClaimRun[]): Pair[] {
  const measured = runs.filter(isComparable);
  return pairsOf(measured, {
    varied: ['schedule'],
    isA: ({ drops }) => drops.length > 0,
    isB: ({ drops, isRateConstant }) => drops.length === 0 && isRateConstant,
  }).filter(([dropped, constant]) => dropped.initialRate === constant.initialRate);
}

/** By so much, relative, may losses differ that sums in another order have rounded otherwise. */
const sameLoss = 0.01;

/** Whether both trained alike up to the first drop, by the losses that both logged there. */
function areOneRun([dropped, constant]: Pair): boolean {
  const [drop = 0] = dropped.drops;
  const other = new Map(constant.losses.map(({ step, trainLoss }) => [step, trainLoss]));
  return dropped.losses
    .filter(({ step }) => step <= drop)
    .every(
      ({ step, trainLoss }) => Math.abs(trainLoss - (other.get(step) ?? trainLoss)) <= sameLoss * Math.abs(trainLoss),
    );
}

/** Steps after the first drop, and up to the second, at which both runs have a spectrum. */
function horizonsOf([dropped, constant]: Pair): number[] {
  const [drop = Infinity, next = Infinity] = dropped.drops;
  const other = new Set(constant.spectra.map(({ step }) => step));
  return dropped.spectra.flatMap(({ step }) => (step > drop && step <= next && other.has(step) ? [step - drop] : []));
}

/** Dropped less constant so many steps after the drop. */
function differenceAt([dropped, constant]: Pair, horizon: number, fact: Fact): number {
  const step = (dropped.drops[0] ?? Number.NaN) + horizon;
  const at = (run: ClaimRun): number => {
    const found = run.spectra.find((spectrum) => spectrum.step === step);
    return found ? fact(found, run) : Number.NaN;
  };
  return at(dropped) - at(constant);
}

const logTopSum = ({ topSum }: ClaimSpectrum): number => Math.log10(topSum ?? Number.NaN);
const outlierCount = ({ outlierCount }: ClaimSpectrum): number => outlierCount ?? Number.NaN;

export const rateDrops: Claim = {
  id: 'F4',
  statement: 'Lowering the learning rate shrinks the large eigenvalues.',
  rule:
    'log10 λ1 of a run whose rate drops less that of the same run whose rate stays is negative at every measured step between the first ' +
    'drop and the second, and at equal training loss, each with a 95 % interval. Pairs whose losses differ before the drop are excluded. The sum of the K largest eigenvalues and the number of outliers are reported.',
  evaluate: (runs) => {
    const forked = forks(runs);
    const pairs = forked.filter(areOneRun);
    const horizons = [...new Set(pairs.flatMap(horizonsOf))].sort((a, b) => a - b);
    const shared = horizons.filter((horizon) => pairs.every((pair) => horizonsOf(pair).includes(horizon)));
    const below = { side: 'below', of: 0, smallest: 0.02 } as const;
    const at = (horizon: number, fact: Fact) =>
      pairs.map((pair) => pairReplicate(pair, differenceAt(pair, horizon, fact)));
    const last = shared.at(-1) ?? Number.NaN;
    const measurements = [
      ...shared.map((horizon) =>
        measurement(
          `log10 λ1, dropped less constant rate, ${horizon} steps after the drop`,
          below,
          at(horizon, logLargest),
        ),
      ),
      measurement(
        'log10 λ1, dropped less constant rate, at equal training loss',
        below,
        pairs.flatMap((pair) =>
          differencesAtEqualLoss(pair, logLargest, pair[0].drops[0]).map((value) => pairReplicate(pair, value)),
        ),
      ),
      measurement('log10 of the sum of the K largest, at the last of these steps', below, at(last, logTopSum), {
        decides: false,
      }),
      measurement(
        'number of outliers, at the last of these steps',
        { ...below, smallest: 0.5 },
        at(last, outlierCount),
        {
          decides: false,
        },
      ),
    ];
    return {
      id: 'F4',
      verdict: together(measurements),
      p: null,
      measurements,
      excluded: forked
        .filter((pair) => !areOneRun(pair))
        .map(([{ setting, seed }]) => ({
          setting,
          seed,
          reason: 'not the same run as that of constant rate up to the drop: their losses differ by more than 1 %',
        })),
      figure: trajectories(
        [...new Set(pairs.flat())],
        { title: 'Largest eigenvalue with and without a drop of the rate', y: 'λ1', logarithmic: true },
        ({ lambdaMax }) => lambdaMax,
      ),
    };
  },
};
