import { freePort } from '@ritz/testing';
import { expect, it } from 'vitest';
import { dataDirectory, processesOf, runRitz, startRitz } from '../testing/ritz.ts';

const timeout = 240_000;

async function small(): Promise<string[]> {
  const size = { '--steps': 40, '--images': 100, '--lanczos-steps': 25, '--probes': 2 };
  return ['demo', '--no-dashboard', '--api-port', await freePort(), ...Object.entries(size).flat()].map(String);
}

it(
  'is interrupted, goes on from what is stored, ends with a table, and measures nothing twice',
  { timeout },
  async () => {
    const data = dataDirectory();
    const environment = { RITZ_DATA: data };
    const args = await small();

    const first = startRitz(args, environment);
    await first.printed(/step [1-9]\d* of 40/);
    first.interrupt();
    const interrupted = await first.ended;
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain('Everything measured so far is stored: run the same command to resume.');
    expect(processesOf(data)).toEqual([]);

    const second = await runRitz([...args, '--exit'], environment);
    expect(second.stderr).toMatch(/MLP, constant rate +100% .* step 40 of 40/);
    expect(second.stdout).toMatch(/MLP, constant rate: [1-6] of 6 spectra are already stored\./);
    expect(second.stdout).toMatch(/Measured in \d+ s\./);
    const rows = second.stdout.split('\n').filter((line) => /^(MLP, .*|) +\d+ +0\.\d/.test(line));
    expect(rows).toHaveLength(12);
    expect(second.code).toBe(0);

    const third = startRitz(args, environment);
    await third.printed('Ctrl-C stops everything.');
    third.interrupt();
    const { code, stdout } = await third.ended;
    expect(stdout).not.toContain('Measured in');
    expect(stdout.match(/already stored$/gm)).toHaveLength(2);
    expect(stdout).toContain(rows.join('\n'));
    expect(code).toBe(0);
    expect(processesOf(data)).toEqual([]);
  },
);
