import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '@ritz/reproduction';
import { claims } from '@ritz/spectra';
import type { Ended } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';

/** `ritz reproduce F6` with one seed, ended by kill -9 once its second run has a spectrum; another process is refused before. */
async function killedInTheMiddle(directory: string): Promise<Ended> {
  const environment = { RITZ_DATA: directory };
  const running = startRitz(['reproduce', 'F6', '--seeds', '1', '--no-send'], environment);
  await running.printed('Run 2 of 2');
  const runs = path.join(directory, 'runs');
  const begun = async (): Promise<boolean> => {
    const files = (await fs.readdir(runs)).filter((name) => name.endsWith('.jsonl'));
    const contents = await Promise.all(files.map((name) => fs.readFile(path.join(runs, name), 'utf8')));
    return contents.some((lines) => lines.includes('"kind":"spectrum"') && !lines.includes('"finished"'));
  };
  while (!(await begun())) await sleep(10);
  process.kill(running.pid, 'SIGSTOP');
  const second = await runRitz(['reproduce', '--no-send'], environment);
  expect([second.code, second.stderr]).toEqual([
    1,
    expect.stringContaining('The reproduction at smoke scale is locked by'),
  ]);
  process.kill(running.pid, 'SIGKILL');
  return running.ended;
}

describe('ritz reproduce', () => {
  it('runs the smoke scale on real CIFAR-10 images and reports on every claim, and the same after kill -9', async () => {
    const directory = dataDirectory();
    const { code, stdout, stderr } = await runRitz(['reproduce', '--scale', 'smoke', '--no-send'], {
      RITZ_DATA: directory,
    });
    expect([code, stderr.includes('ritz:')]).toEqual([0, false]);
    for (const { id } of claims) expect(stdout).toContain(id);
    const folder = path.join(directory, 'reports', 'smoke');
    const report = JSON.parse(await fs.readFile(path.join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.claims.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
    for (const { measurements, verdict } of report.claims) {
      expect(['supports', 'contradicts', 'no effect', 'cannot tell']).toContain(verdict);
      for (const { mean, replicates } of measurements) expect(Number.isFinite(mean)).toBe(replicates.length > 0);
    }
    // So few images give the Gauss–Newton part a lower rank than the net has parameters.
    const unmeasured = report.claims.flatMap(({ measurements }) =>
      measurements.filter(({ replicates }) => replicates.length === 0).map(({ label }) => label),
    );
    expect(unmeasured).toEqual(['change of the share of |λ| < 0.01 λmax from step 0 to late']);
    expect(report.runs.every(({ spectra }) => spectra === 4)).toBe(true);
    const html = await fs.readFile(path.join(folder, 'report.html'), 'utf8');
    // A figure and the replicates of each claim.
    expect(html.match(/<svg/g)?.length).toBe(12);
    expect(html).not.toMatch(/NaN|undefined|src="http|href="http/);
    const again = await runRitz(['reproduce', 'F4', '--scale', 'smoke', '--no-send'], { RITZ_DATA: directory });
    expect(again.stdout).toContain('log10 λ1, dropped less constant rate, 4 steps after the drop');

    const other = dataDirectory();
    await fs.cp(path.join(directory, 'data'), path.join(other, 'data'), { recursive: true });
    const broken = await killedInTheMiddle(other);
    expect(broken.stderr).toContain('Run 1 of 2');
    const resumed = await runRitz(['reproduce', 'F6', '--seeds', '1', '--no-send'], { RITZ_DATA: other });
    expect([resumed.code, resumed.stderr.includes('ritz:')]).toEqual([0, false]);
    // The first run was there, the second went on from the spectrum it had.
    expect(resumed.stderr).not.toMatch(/^ResNet-8 × 0.125, BN, rate 0.05, dropped at 8, seed 1 .*%/m);
    expect(resumed.stderr).not.toMatch(/^ResNet-8 × 0.125, population BN, .*, seed 1 .*step 0 of 12: spectrum/m);
    const folderOfOther = path.join(other, 'reports', 'smoke');
    const after = JSON.parse(await fs.readFile(path.join(folderOfOther, 'report.json'), 'utf8')) as Report;
    // Of two seeds, unbroken, and of the first of them.
    const whole = report.claims.find(({ id }) => id === 'F6');
    expect(after.claims.length).toBe(1);
    after.claims[0]?.measurements.forEach(({ replicates }, i) => {
      expect(replicates).toEqual(whole?.measurements[i]?.replicates.slice(0, 1));
    });
    expect(whole?.figure.series).toEqual(expect.arrayContaining([...(after.claims[0]?.figure.series ?? [])]));
    expect(report.runs).toEqual(expect.arrayContaining([...after.runs]));
    expect(after.runs.length).toBe(2);
    expect(after.command).toBe('ritz reproduce F6 --scale smoke --seeds 1');
  }, 400_000);

  it('refuses a claim that is none', async () => {
    const { code, stderr } = await runRitz(['reproduce', 'F9'], { RITZ_DATA: dataDirectory() });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Expected one of F1, F2, F3, F4, F5, F6.')]);
  });
});
