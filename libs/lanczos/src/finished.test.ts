import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulkAndOutliers, DenseOperator, withSpectrum } from './testing/denseOperator.ts';
import type { FinishedProbes } from './finished.ts';
import { lanczos, type LanczosOptions } from './lanczos.ts';

const n = 120;
const { matrix } = withSpectrum(bulkAndOutliers(n, [30, 8]));
const settings: LanczosOptions = { steps: 15, probes: 5, seed: 3, ritzVectors: 3 };
let directory: string;

beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-finished-'));
});
afterEach(() => fs.rm(directory, { recursive: true }));

/** Runs probes `firstProbe` on as a process of its own would. */
async function part(firstProbe: number, probes: number, steps = settings.steps): Promise<FinishedProbes> {
  const file = path.join(directory, `${firstProbe}.lanczos`);
  const { probes: results } = await lanczos(new DenseOperator(matrix), {
    ...settings,
    ...{ steps, probes, firstProbe, ritzVectors: 0, journal: { file } },
  });
  expect(results.map(({ index }) => index)).toEqual(Array.from({ length: probes }, (_, i) => firstProbe + i));
  return { file, firstProbe, probes };
}

describe('probes measured in parts', () => {
  it('are together what one call measures, Ritz vectors included', async () => {
    const finished = [await part(3, 2), await part(0, 3)];
    const operator = new DenseOperator(matrix);
    const together = await lanczos(operator, { ...settings, finished });
    const whole = await lanczos(new DenseOperator(matrix), settings);
    expect(together.probes).toEqual(whole.probes);
    expect(together.top).toEqual(whole.top);
    expect(together.hvpCount).toBe(whole.hvpCount);
    expect(operator.calls.length).toBe(2);
  });

  it('must all be there, to their end, and of the same settings', async () => {
    const first = await part(0, 3);
    const run = (finished: FinishedProbes[]) => lanczos(new DenseOperator(matrix), { ...settings, finished });
    await expect(run([first])).rejects.toMatchObject({
      code: 'CORRUPT_STATE',
      message: expect.stringContaining('probe 3 got to Lanczos step 0 of 15'),
    });
    const short = await part(3, 2, 10);
    await expect(run([first, short])).rejects.toMatchObject({
      code: 'CORRUPT_STATE',
      message: expect.stringContaining('steps: 10 there, 15 here'),
    });
  });
});
