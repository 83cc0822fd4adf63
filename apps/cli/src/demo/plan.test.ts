import { describe, expect, it } from 'vitest';
import { defaultSize, planDemo } from './plan.ts';

describe('planDemo', () => {
  it('measures at six log-spaced steps, from the start to the end, and drops the rate after the third', () => {
    const { settings, runs } = planDemo(defaultSize);
    expect(settings.spectrumSteps).toEqual([0, 30, 100, 300, 1000, 2000]);
    expect(runs.map(({ schedule }) => schedule)).toEqual([
      { kind: 'constant', rate: 0.1 },
      { kind: 'step', initial: 0.1, factor: 0.1, steps: [200, 1000] },
    ]);
  });

  it("is the paper's full SLQ over at least 1,000 images", () => {
    expect(defaultSize).toMatchObject({ lanczosSteps: 90, probes: 10 });
    expect(defaultSize.images).toBeGreaterThanOrEqual(1000);
  });

  it('gives the same runs for the same size, and others for another', () => {
    const ids = (size: typeof defaultSize): string[] => planDemo(size).runs.map(({ id }) => id);
    expect(ids(defaultSize)).toEqual(ids({ ...defaultSize }));
    expect(new Set([...ids(defaultSize), ...ids({ ...defaultSize, probes: 9 })]).size).toBe(4);
  });

  it.each([1, 2, 5, 40])('measures every step once and keeps a valid schedule over %d steps', (steps) => {
    const { settings, runs } = planDemo({ ...defaultSize, steps });
    expect(settings.spectrumSteps).toEqual([...new Set(settings.spectrumSteps)].sort((a, b) => a - b));
    expect(settings.spectrumSteps.at(-1)).toBe(steps);
    expect(runs[1]?.schedule).toMatchObject({ steps: expect.not.arrayContaining([0]) });
  });
});
