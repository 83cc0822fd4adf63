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
    const own = { outliers: 0, loss: 0, overlap: 0, width: 0, drop: 0, negative: 0 };
    for (const key of Object.keys(own) as (keyof typeof own)[]) own[key] = effect + betweenNets * normal();
    return seeds.flatMap((seed) => {
      const noise = (): number => betweenSeeds * normal();
      const arm = (batchNorm: ClaimRun['batchNorm'], residual: boolean): ClaimRun => {
        // Population statistics and no batch norm both show the effect of F3 and F6.
        const isWithout = batchNorm !== 'minibatch';
        const outliers = (isWithout ? own.outliers : 0) + noise();
        const loss = 1 + (isWithout ? own.loss : 0) + noise();
        const at = (step: number): ClaimSpectrum => ({
          step,
          lambdaMax: 10 ** (step > 10 ? -own.drop + noise() : 0),
          lambdaMin: -(10 ** (step > 0 ? -1 - own.negative + noise() : -1)),
          ratio: 10 ** (1 + outliers),
          nearZero: 0.5 + 0.3 * effect + 0.1 * noise(),
          spread: 10 ** ((residual ? -own.width : 0) + noise()),
          overlap: [{ k: 2, fraction: 0.5 + (isWithout ? own.overlap : 0) + noise() }],
        });
        return {
          setting: 'net',
          family: `net ${net}`,
          batchNorm,
          residual,
          seed,
          diverged: false,
          classes: 2,
          drops: [10],
          losses: [0, 20].map((step) => ({ step, trainLoss: loss })),
          spectra: [0, 10, 20].map(at),
        };
      };
      return [arm('none', true), arm('minibatch', true), arm('population', true), arm('minibatch', false)];
    });
  });
}

function shares(experiments: number, effect: number): Record<ClaimId, number> {
  const counts: Record<ClaimId, number> = { F1: 0, F2: 0, F3: 0, F4: 0, F5: 0, F6: 0 };
  for (let seed = 1; seed <= experiments; seed++) {
    for (const { result } of evaluateClaims(() => experiment(seed * 7919, effect))) {
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
    const { F3, F4, F5, F6 } = shares(100, 6);
    for (const share of [F3, F4, F5, F6]) expect(share).toBeGreaterThan(0.8);
  });
});
