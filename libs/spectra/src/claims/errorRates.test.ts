/** How often the rules err, and how often they find what is there, with nets and seeds as alike as real ones are. */
import { describe, expect, it } from 'vitest';
import { evaluateClaims } from './claims.ts';
import type { ClaimId, ClaimRun, ClaimSpectrum } from './Claim.ts';

/** Lehmer's generator; normal numbers by Box and Muller. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const nets = [0, 1, 2];
const seeds = [1, 2, 3];
/** Deviations of nets and of seeds within a net, in the units of each fact (logarithms, shares). */
const [betweenNets, betweenSeeds] = [0.3, 0.1];

/** `effect`: of every claim, in those units, in the direction claimed. Without one, each net has an effect of its own, on either side. */
function experiment(seed: number, effect: number): ClaimRun[] {
  const normal = normals(seed);
  return nets.flatMap((net) => {
    const own = { outliers: 0, loss: 0, overlap: 0, size: 0, drop: 0, negative: 0, settled: 0 };
    for (const key of Object.keys(own) as (keyof typeof own)[]) own[key] = effect + betweenNets * normal();
    return seeds.flatMap((seed) => {
      const noise = (): number => betweenSeeds * normal();
      // A run and its fork are one until the drop.
      const forkLoss = noise();
      const arm = (batchNorm: ClaimRun['batchNorm'], residual: boolean, drops: readonly number[]): ClaimRun => {
        // Population statistics and no batch norm both show the effects of F3 and F6.
        const isWithout = batchNorm !== 'minibatch';
        const outliers = (isWithout ? own.outliers : 0) + noise();
        const loss = (isWithout ? own.loss : 0) + (batchNorm === 'minibatch' && residual ? forkLoss : noise());
        const overlap = (isWithout ? own.overlap : 0) + noise();
        const size = (): number => 10 ** ((residual ? -own.size : 0) + noise());
        const at = (step: number): ClaimSpectrum => ({
          step,
          examples: 100,
          lambdaMax: size() * 10 ** (step > 10 && drops.length > 0 ? -own.drop : 0),
          lambdaMin: 0,
          ratio: 10 ** (1 + outliers),
          topSum: null,
          outlierCount: null,
          nearZero: 0.5 + (step > 0 ? 0.1 * own.settled : 0) + 0.1 * noise(),
          rootMeanSquare: size(),
          meanMagnitude: size(),
          overlap: (['full-batch', 'mini-batch'] as const).map((gradient) => ({
            k: 10,
            gradient,
            fraction: 0.5 + overlap,
          })),
        });
        const withNegative = (spectrum: ClaimSpectrum): ClaimSpectrum => ({
          ...spectrum,
          lambdaMin: -spectrum.lambdaMax * 10 ** (spectrum.step > 0 ? -1 - own.negative + noise() : -1),
        });
        return {
          setting: 'net',
          claims: null,
          family: `net ${net}`,
          schedule: drops.join(),
          initialRate: 0.1,
          isRateConstant: drops.length === 0,
          batchNorm,
          residual,
          seed,
          diverged: false,
          classes: 10,
          parameters: 500,
          drops,
          losses: [0, 20].map((step) => ({ step, trainLoss: loss + 2 - step / 20 })),
          spectra: [0, 2, 10, 14, 20].map(at).map(withNegative),
        };
      };
      return [
        arm('none', true, [10]),
        arm('minibatch', true, [10]),
        arm('minibatch', true, []),
        arm('population', true, [10]),
        arm('minibatch', false, [10]),
      ];
    });
  });
}

function shares(experiments: number, effect: number): Record<ClaimId, number> {
  const counts: Record<ClaimId, number> = { F1: 0, F2: 0, F3: 0, F4: 0, F5: 0, F6: 0 };
  for (let seed = 1; seed <= experiments; seed++) {
    for (const { result } of evaluateClaims(experiment(seed * 7919, effect))) {
      if (result.verdict === 'supports') counts[result.id] += 1 / experiments;
    }
  }
  return counts;
}

describe('rules of the claims', () => {
  it('support no claim more often than 5 % of 1,000 experiments where nets differ but nothing is there', () => {
    for (const share of Object.values(shares(1000, 0))) expect(share).toBeLessThanOrEqual(0.05);
  });

  it('find a strong effect nearly always', () => {
    const { F1, F3, F4, F5, F6 } = shares(100, 6);
    for (const share of [F1, F3, F4, F5, F6]) expect(share).toBeGreaterThan(0.8);
  });
});
