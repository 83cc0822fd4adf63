import { describe, expect, it } from 'vitest';
import { claims, evaluateClaims } from './claims.ts';
import { claimSpectrum } from './claimSpectrum.ts';
import type { ClaimId, ClaimResult, ClaimRun, ClaimSpectrum } from './Claim.ts';
import { measurement, together } from './measurement.ts';

/** A diagonal spectrum, exactly: one probe with every eigenvalue and equal weights. */
function exact(step: number, eigenvalues: readonly number[], fraction = 0.5): ClaimSpectrum {
  const weights = eigenvalues.map(() => 1 / eigenvalues.length);
  const nodes = eigenvalues.toSorted((a, b) => a - b);
  const spectrum = { dimension: eigenvalues.length, probes: [{ nodes, weights }] };
  const overlap = (['full-batch', 'mini-batch'] as const).map((gradient) => ({ k: 2, gradient, fraction }));
  const [first = Number.NaN, second = Number.NaN] = eigenvalues.toSorted((a, b) => b - a);
  // The nodes have no residuals: that they are eigenvalues is said here.
  const top = second > 0 ? { ratio: first / second, topSum: first + second } : {};
  return { ...claimSpectrum({ step, spectrum, classes: 2, examples: 200, overlap }), ...top };
}

/** A bulk of 98 eigenvalues up to `width`, and the two largest. */
function spectrumOf(step: number, first: number, second: number, { width = 0.01, low = 0, fraction = 0.5 } = {}) {
  const bulk = Array.from({ length: 97 }, (_, i) => ((i - 48) / 48) * width);
  return exact(step, [first, second, low, ...bulk], fraction);
}

function run(changes: Partial<ClaimRun>): ClaimRun {
  return {
    setting: 'net',
    claims: null,
    family: 'net',
    schedule: 'constant',
    initialRate: 0.1,
    isRateConstant: true,
    batchNorm: 'none',
    residual: true,
    seed: 1,
    diverged: false,
    classes: 2,
    parameters: 100,
    drops: [],
    losses: [
      { step: 0, trainLoss: 2 },
      { step: 10, trainLoss: 1 },
    ],
    spectra: [spectrumOf(0, 1, 0.5), spectrumOf(10, 1, 0.5)],
    ...changes,
  };
}

function evaluate(id: ClaimId, runs: readonly ClaimRun[]): ClaimResult {
  const claim = claims.find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`${id} is a claim`);
  return claim.evaluate(runs);
}

const seeds = [1, 2, 3];
/** A little noise, so that intervals have a width. */
const jitter = (seed: number): number => 1 + 0.01 * seed;
const loss = (mean: number, seed: number): ClaimRun['losses'] =>
  [0, 10].map((step) => ({ step, trainLoss: mean * jitter(seed) }));

const above = { side: 'above', of: 0 } as const;

/** Of one net, one a seed. */
const seedsOf = (values: readonly number[], net = 'net') => values.map((value, seed) => ({ value, net, seed }));

describe('intervals', () => {
  it('are those of Student’s t', () => {
    const { mean, interval } = measurement('x', above, seedsOf([1, 2, 3]));
    expect(mean).toBe(2);
    expect(interval?.[1]).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 3);
    expect(measurement('x', above, seedsOf([5])).interval).toBeNull();
    const many = measurement('x', above, seedsOf(Array.from({ length: 100 }, (_, i) => i % 2)));
    expect(many.interval?.[1]).toBeCloseTo(0.5 + 1.984 * Math.sqrt(25 / 99 / 100), 3);
  });

  it.each([
    [{ side: 'above', of: 0 }, [1, 1.1, 0.9], 'supports'],
    [{ side: 'below', of: 0 }, [1, 1.1, 0.9], 'contradicts'],
    [{ side: 'below', of: 0.5 }, [0.1, 0.11, 0.09], 'supports'],
    [{ side: 'above', of: 0.5 }, [0.1, 0.11, 0.09], 'contradicts'],
    [{ side: 'above', of: 0 }, [1, -1, 0.2], 'cannot tell'],
    [{ side: 'above', of: 0, smallest: 0.1 }, [0.01, -0.02, 0.02], 'no effect'],
    [{ side: 'above', of: 0, smallest: 0.1 }, [0.01, 0.011, 0.012], 'no effect'],
    [{ side: 'above', of: 0, smallest: 0.01 }, [0.01, -0.02, 0.02], 'cannot tell'],
    [{ side: 'above', of: 0 }, [1], 'cannot tell'],
    [{ side: 'above', of: 0 }, [], 'cannot tell'],
  ] as const)('claimed %j, measured %j: %s', (claimed, replicates, verdict) => {
    expect(measurement('x', claimed, seedsOf(replicates)).verdict).toBe(verdict);
  });

  it('of several parts: one against is enough, all for are needed', () => {
    const [supports, contradicts, cannotTell] = [
      [1, 1.1],
      [-1, -1.1],
      [1, -1],
    ].map((of) => measurement('x', above, seedsOf(of)));
    if (!supports || !contradicts || !cannotTell) throw new Error('three were measured');
    expect(together([supports, supports])).toBe('supports');
    expect(together([supports, cannotTell])).toBe('cannot tell');
    expect(together([supports, contradicts, cannotTell])).toBe('contradicts');
    expect(together([])).toBe('cannot tell');
  });

  it('are over nets where there are several, however many seeds each has', () => {
    const nets = [0.4, 0.1, -0.2].flatMap((value, net) => seedsOf([value, value + 0.01, value - 0.01], `net ${net}`));
    const { units, interval, p, signFlipP } = measurement('x', above, nets);
    expect(units.of).toBe('nets');
    expect(units.values.map((value) => Number(value.toFixed(12)))).toEqual([0.4, 0.1, -0.2]);
    // By hand: 0.1 ± 4.3027 · 0.3 / √3.
    expect(interval?.[0]).toBeCloseTo(0.1 - (4.3027 * 0.3) / Math.sqrt(3), 4);
    expect(p).toBeCloseTo(0.622, 4);
    expect(signFlipP).toBe(0.75);
  });

  it('count several values of one run once', () => {
    const twice = [1, 2, 3].flatMap((value, seed) =>
      [value - 0.5, value + 0.5].map((each) => ({ value: each, net: 'net', seed })),
    );
    expect(measurement('x', above, twice).units.values).toEqual([1, 2, 3]);
  });

  it('count what is missing, and say whether it could change the verdict', () => {
    const one = measurement('x', above, seedsOf([1, 1.1, 0.9, Number.NaN]));
    expect([one.verdict, one.missing, one.missingMatter]).toEqual(['supports', 1, false]);
    const other = measurement('x', above, seedsOf([0.2, 1.1, 0.9, 1.4, Number.NaN, Number.NaN, Number.NaN]));
    expect([other.verdict, other.missing, other.missingMatter]).toEqual(['supports', 3, false]);
    const wide = measurement('x', above, seedsOf([0, 1.1, 0.9, 1.2, Number.NaN, Number.NaN]));
    expect([wide.verdict, wide.missing]).toEqual(['cannot tell', 2]);
    expect(wide.missingMatter).toBe(true);
  });
});

/** One run whose rate drops at step 10 and again at 30, and the same run without a drop; λ1 drifts upward in both. */
const forks = (factor: number): ClaimRun[] =>
  seeds.flatMap((seed) =>
    [[10, 30], []].map((drops) =>
      run({
        seed,
        drops,
        schedule: drops.join(),
        isRateConstant: drops.length === 0,
        losses: [0, 40].map((step) => ({ step, trainLoss: 2 - step / 40 })),
        spectra: [0, 10, 15, 20, 40].map((step) => {
          const effect = drops.length > 0 && step > 10 ? factor * jitter(seed) : 1;
          return spectrumOf(step, 5 * 1.02 ** step * effect, 0.5);
        }),
      }),
    ),
  );

describe('the claims', () => {
  it('are six, each with a statement and a rule, and cannot tell from nothing', () => {
    expect(claims.map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6']);
    for (const claim of claims) {
      expect(claim.statement.length).toBeGreaterThan(20);
      expect(claim.rule.length).toBeGreaterThan(20);
      expect(claim.evaluate([]).verdict).toBe('cannot tell');
    }
  });

  /** At steps 0, 5 (the first tenth) and 50: |λmin| of λ1 = 1, and the share near 0. */
  const negative = (...lows: readonly number[]): ClaimRun[] =>
    seeds.map((seed) =>
      run({
        seed,
        spectra: [0, 5, 50].map((step, i) => {
          const spectrum = spectrumOf(step, 1, 0.5, { low: -(lows[i] ?? 0) * jitter(seed) });
          return { ...spectrum, nearZero: step === 0 ? 0.4 : 0.9 + 0.01 * seed };
        }),
      }),
    );

  it('F1: negative eigenvalues that shrink at once, later, or grow', () => {
    const atOnce = evaluate('F1', negative(0.5, 0.1, 0.05));
    expect(atOnce.verdict).toBe('supports');
    const [fall, rapid, settled] = atOnce.measurements;
    expect(fall?.mean).toBeCloseTo(-0.4 * jitter(2), 6);
    // The late spectra are those at 5 and 50: 0.075 on average.
    expect(rapid?.mean).toBeCloseTo((-0.4 + 0.425 / 2) * jitter(2), 6);
    expect(settled?.mean).toBeCloseTo(0.52, 6);
    const later = evaluate('F1', negative(0.5, 0.47, 0.01));
    expect(later.measurements.map(({ verdict }) => verdict)).toEqual(['no effect', 'contradicts', 'supports']);
    expect(later.verdict).toBe('contradicts');
    expect(evaluate('F1', negative(0.05, 0.5, 0.5)).verdict).toBe('contradicts');
    expect(evaluate('F1', negative(0.5, 0.1, 0.05).slice(0, 1)).verdict).toBe('cannot tell');
    // From λmin = −100 and λmax = 1 to −0.01 and 1: at most 1, however small the largest eigenvalue is.
    expect(evaluate('F1', negative(100, 0, 0)).measurements[0]?.mean).toBeCloseTo(-0.99, 6);
  });

  it('F1 asks nets whose rank decides nothing about their near-zero eigenvalues', () => {
    const large = negative(0.5, 0.1, 0.05).map((one) => ({ ...one, parameters: 201 }));
    const { verdict, measurements, excluded } = evaluate('F1', large);
    expect([verdict, measurements[2]?.replicates]).toEqual(['cannot tell', []]);
    expect(excluded[0]?.reason).toBe(
      'near 0: 201 parameters, but 200 examples give the Gauss–Newton part a rank of at most 200',
    );
  });

  /** Three nets whose runs differ in λ1/λK. */
  const related = (sign: number, batchNorm: ClaimRun['batchNorm'] = 'none') =>
    seeds.flatMap((net) =>
      [2, 4, 8].map((ratio) =>
        run({
          family: `net ${net}`,
          batchNorm,
          losses: loss(1 + sign * Math.log10(ratio), net),
          spectra: [spectrumOf(0, ratio, 1), spectrumOf(10, ratio, 1)],
        }),
      ),
    );

  it('F2: loss that grows or falls with the outliers', () => {
    const slower = evaluate('F2', related(1));
    expect(slower.verdict).toBe('supports');
    expect(slower.measurements[0]?.mean).toBeCloseTo(jitter(2), 6);
    expect(evaluate('F2', related(-0.5)).verdict).toBe('contradicts');
    expect(evaluate('F2', related(1).slice(0, 2)).verdict).toBe('cannot tell');
    expect(evaluate('F2', related(1, 'minibatch')).measurements[0]?.replicates).toEqual([]);
  });

  const pairs = (changes: (seed: number) => readonly Partial<ClaimRun>[]) =>
    seeds.flatMap((seed) => changes(seed).map((change) => run({ seed, ...change })));

  const normed = (ratioWithout: number, ratioWith: number) =>
    pairs((seed) => [
      {
        batchNorm: 'none',
        losses: loss((2 * ratioWithout) / ratioWith, seed),
        spectra: [spectrumOf(5, ratioWithout * jitter(seed), 1, { fraction: 0.8 + 0.01 * seed })],
      },
      { batchNorm: 'minibatch', losses: loss(1, seed), spectra: [spectrumOf(5, ratioWith, 1, { fraction: 0.2 })] },
    ]);

  it('F3: outliers and overlap with and without batch norm', () => {
    const suppressed = evaluate('F3', normed(100, 10));
    expect(suppressed.verdict).toBe('supports');
    expect(suppressed.measurements[0]?.mean).toBeCloseTo(1, 1);
    expect(suppressed.measurements[1]?.mean).toBeCloseTo(0.62, 6);
    expect(evaluate('F3', normed(10, 100)).verdict).toBe('contradicts');
  });

  it('F3 of nets that differ: three seeds of each do not make nine replicates', () => {
    const nets = [100, 12, 9].flatMap((ratioWithout, net) =>
      normed(ratioWithout, 10).map((one) => ({ ...one, family: `net ${net}` })),
    );
    const { verdict, measurements } = evaluate('F3', nets);
    expect(measurements[0]?.replicates).toHaveLength(9);
    expect(measurements[0]?.units).toMatchObject({ of: 'nets' });
    expect(verdict).toBe('cannot tell');
  });

  it('F3 counts pairs whose λK is not known', () => {
    const [first, ...others] = normed(100, 10);
    const unknown = { ...first, spectra: (first?.spectra ?? []).map((each) => ({ ...each, ratio: null })) } as ClaimRun;
    expect(evaluate('F3', [unknown, ...others]).measurements[0]).toMatchObject({ missing: 1 });
  });

  it('F3 counts pairs of which one run diverged', () => {
    const [first, ...others] = normed(100, 10);
    const broken = { ...first, diverged: true } as ClaimRun;
    const [ratio, overlap] = evaluate('F3', [broken, ...others]).measurements;
    expect([ratio?.missing, overlap?.missing]).toEqual([1, 1]);
    expect(ratio?.replicates).toHaveLength(2);
  });

  it('F3 compares nothing across families, seeds or skips', () => {
    const apart = normed(100, 10).map((one) => (one.batchNorm === 'none' ? { ...one, residual: false } : one));
    expect(evaluate('F3', apart).measurements[0]?.replicates).toEqual([]);
  });

  it('F3 compares each arm at its own best rate', () => {
    const arm = (batchNorm: ClaimRun['batchNorm'], schedule: string, mean: number) =>
      seeds.map((seed) => run({ seed, batchNorm, schedule, losses: loss(mean, seed), spectra: [] }));
    const { measurements } = evaluate('F3', [
      ...arm('none', 'slow', 1.2),
      ...arm('none', 'fast', 1.5),
      ...arm('minibatch', 'slow', 1.1),
      ...arm('minibatch', 'fast', 0.7),
    ]);
    expect(measurements[3]?.mean).toBeCloseTo(0.5 * jitter(2), 6);
    // Runs without spectra are there for their speed alone.
    expect(measurements[0]).toMatchObject({ missing: 0, replicates: [] });
  });

  it('F4: λ1 with and without a drop of the rate, so that drift does not count', () => {
    const shrunk = evaluate('F4', forks(0.5));
    expect(shrunk.verdict).toBe('supports');
    expect(shrunk.measurements.map(({ label }) => label)).toEqual([
      'log10 λ1, dropped less constant rate, 5 steps after the drop',
      'log10 λ1, dropped less constant rate, 10 steps after the drop',
      'log10 λ1, dropped less constant rate, at equal training loss',
      'log10 of the sum of the K largest, at the last of these steps',
      'number of outliers, at the last of these steps',
    ]);
    expect(shrunk.measurements[0]?.mean).toBeCloseTo(Math.log10(0.5 * jitter(2)), 3);
    expect(evaluate('F4', forks(2)).verdict).toBe('contradicts');
    expect(evaluate('F4', forks(1)).verdict).toBe('no effect');
    // Runs that were apart before the drop are not one run with and without it.
    const apart = forks(0.5).map((one) =>
      one.drops.length > 0 ? one : { ...one, losses: one.losses.map((point) => ({ ...point, trainLoss: 2.1 })) },
    );
    const { verdict, excluded } = evaluate('F4', apart);
    expect([verdict, excluded.length]).toEqual(['cannot tell', 3]);
    // Only runs with drops: what λ1 would have done without one is unknown.
    expect(
      evaluate(
        'F4',
        forks(0.5).filter(({ drops }) => drops.length > 0),
      ).verdict,
    ).toBe('cannot tell');
  });

  /** Sizes of the spectrum with and without skips, at losses from 2 to 0.2; those without are slower. */
  const skips = (withSkips: number, plain: number) =>
    pairs((seed) =>
      [true, false].map((residual): Partial<ClaimRun> => {
        const size = residual ? withSkips * jitter(seed) : plain;
        const steps = residual ? [0, 5, 10] : [0, 10, 20];
        return {
          residual,
          losses: steps.map((step, i) => ({ step, trainLoss: 2 - 0.9 * i })),
          // Larger where the loss is smaller: at equal steps the faster run would look larger.
          spectra: steps.map((step, i) => spectrumOf(step, 10 ** i * size, 0.5 * size, { width: 0.01 * size })),
        };
      }),
    );

  it('F5: the size of the spectrum with and without skips, at equal loss', () => {
    const shrunk = evaluate('F5', skips(0.1, 1));
    expect(shrunk.verdict).toBe('supports');
    expect(shrunk.measurements.map(({ mean }) => mean.toFixed(1))).toEqual(['-1.0', '-1.0', '-1.0']);
    expect(evaluate('F5', skips(1, 0.1)).verdict).toBe('contradicts');
  });

  it('F5 leaves out runs that learnt nothing, and says so', () => {
    const stuck = skips(0.1, 1).map((one) =>
      one.residual ? one : { ...one, losses: one.losses.map((point) => ({ ...point, trainLoss: 0.69 })) },
    );
    const { measurements, excluded } = evaluate('F5', stuck);
    expect(measurements[0]?.replicates).toEqual([]);
    expect(excluded).toHaveLength(3);
    expect(excluded[0]).toMatchObject({ seed: 1, reason: 'untrained: its last loss 0.690 is above 0.95 ln C' });
  });

  const statistics = (ratio: number, slower: number) =>
    pairs((seed) => [
      { batchNorm: 'population', losses: loss(slower, seed), spectra: [spectrumOf(5, ratio * jitter(seed), 1)] },
      { batchNorm: 'minibatch', losses: loss(1, seed), spectra: [spectrumOf(5, 10, 1)] },
    ]);

  it('F6: outliers and loss by the statistics of batch norm', () => {
    expect(evaluate('F6', statistics(100, 2)).verdict).toBe('supports');
    expect(evaluate('F6', statistics(100, 0.5)).verdict).toBe('contradicts');
    expect(evaluate('F6', statistics(2, 0.5)).verdict).toBe('contradicts');
  });
});

describe('the family of claims', () => {
  it('decides a claim only where it holds among all of them', () => {
    const alone = evaluate('F4', forks(0.5));
    const found = evaluateClaims(forks(0.5)).find(({ claim }) => claim.id === 'F4');
    expect(found?.result.verdict).toBe(alone.verdict);
    expect(found?.result.p).toBeGreaterThanOrEqual(alone.measurements[2]?.p ?? 1);
  });
});
