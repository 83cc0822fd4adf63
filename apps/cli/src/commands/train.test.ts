import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createClient, RunProgressDocument } from '@ritz/client';
import { freePort } from '@ritz/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { bin, dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';

const config = {
  name: 'small net',
  architecture: { kind: 'mlp', hidden: [5] },
  data: { kind: 'mnist' },
  schedule: { kind: 'step', initial: 0.1, steps: [8] },
  steps: 12,
  batchSize: 50,
  logEvery: 4,
  testExamples: 100,
  checkpointEvery: 3,
  spectra: { steps: [0, 6, 12], examples: 60, lanczosSteps: 6, probes: 2 },
};

let directory: string;
let file: string;
beforeEach(async () => {
  directory = dataDirectory();
  await fs.mkdir(directory, { recursive: true });
  file = path.join(directory, 'run.yaml');
  await fs.writeFile(file, JSON.stringify(config));
});

/** Without `seconds`, which no two runs share. */
async function records(): Promise<Record<string, unknown>[]> {
  const folder = path.join(directory, 'runs');
  const [name = 'none'] = (await fs.readdir(folder)).filter((entry) => entry.endsWith('.jsonl'));
  const content = await fs.readFile(path.join(folder, name), 'utf8');
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { seconds: _, ...record } = JSON.parse(line) as Record<string, unknown>;
      return record;
    });
}

function kinds(all: readonly Record<string, unknown>[]): string {
  return all.map(({ kind, number, step }) => `${String(kind)}${String(number ?? step ?? '')}`).join(' ');
}

describe('ritz train', () => {
  it('writes the run, its steps, spectra and end; a second time there is nothing left to do', async () => {
    const first = await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory });
    expect([first.code, first.stderr.includes('Error')]).toEqual([0, false]);
    expect(first.stdout).toContain('small net: finished.');
    const all = await records();
    expect(kinds(all)).toBe('run step0 spectrum0 step4 step6 spectrum6 step8 step12 spectrum12 finish');
    expect(all[0]).toMatchObject({ architecture: 'mlp-784-5-10-relu', batchNorm: 'none', plannedSteps: 12 });
    expect(all[2]).toMatchObject({ lanczosSteps: 6, gradientEnergy: [{ gradient: 'full-batch' }] });
    const second = await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory });
    expect(second.stdout).toContain('small net: already complete.');
    expect(await records()).toEqual(all);
  });

  it('refuses a run that another process is at, and goes on after kill -9 with the same numbers', async () => {
    await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory });
    const whole = await records();
    await fs.rm(path.join(directory, 'runs'), { recursive: true });
    const killed = startRitz(['train', file, '--no-send', '--set', 'checkpointEvery=2'], { RITZ_DATA: directory });
    while (!kinds(await records().catch(() => [])).includes('spectrum6')) await sleep(5);
    process.kill(killed.pid, 'SIGSTOP');
    const second = await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(
      `The run "small net" is locked by ritz train, process ${killed.pid} on this machine, since `,
    );
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    expect((await records()).length).toBeLessThan(whole.length);
    const resumed = await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory });
    expect(resumed.code).toBe(0);
    const all = await records();
    const numbers = (some: typeof all) => some.filter(({ kind }) => kind === 'step' || kind === 'spectrum');
    expect(numbers(all)).toEqual(numbers(whole));
  });

  it.each([
    [
      'of records',
      1,
      /\.jsonl could not be written \(EFBIG: .*\)\. Once it can, run the same command again to continue\./,
    ],
    ['of the state', 40, /\.safetensors cannot be written \(EFBIG: .*\)\. The old file is kept\./],
  ])('that cannot write its file %s says so, and goes on once it can', async (_, kibibytes, message) => {
    // No file may grow larger, as on a full disk.
    const limited = `trap '' XFSZ; ulimit -f ${kibibytes}; exec "$@"`;
    const command = [process.execPath, bin, 'train', file, '--no-send'];
    const ended = promisify(execFile)('bash', ['-c', limited, 'bash', ...command], {
      env: { ...process.env, RITZ_DATA: directory },
    });
    await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) as unknown });
    expect((await fs.readdir(path.join(directory, 'runs'))).filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
    expect((await runRitz(['train', file, '--no-send'], { RITZ_DATA: directory })).code).toBe(0);
    expect(kinds(await records())).toMatch(/^run step0 (finish )?spectrum0 (finish )?step4 step6 spectrum6 .* finish$/);
  });

  it('reaches a running API while it goes; an API that is down stops nothing and can be sent to later', async () => {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const offline = await runRitz(['train', file, '--url', url], { RITZ_DATA: directory });
    expect(offline.code).toBe(0);
    expect(offline.stdout).toContain(`Some records could not be sent to ${url}`);
    const [, later = ''] = /Send them later: ritz push (\S+)/.exec(offline.stdout) ?? [];
    const served = startRitz(['up', '--no-dashboard', '--api-port', port], { RITZ_DATA: directory });
    await served.printed('API');
    await served.printed(url);
    const pushed = await runRitz(['push', path.resolve(later), '--url', url], { RITZ_DATA: directory });
    expect([pushed.code, pushed.stderr]).toEqual([0, expect.anything()]);
    const online = await runRitz(['train', file, '--set', 'seed=2', '--url', url], { RITZ_DATA: directory });
    expect(online.stdout).not.toContain('Not everything');
    const [, id = ''] = /Run ([0-9a-f-]{36})/.exec(online.stdout) ?? [];
    const { run } = await createClient({ url: `${url}/graphql` }).request(RunProgressDocument, { id });
    expect(run?.status).toBe('FINISHED');
    expect(run?.spectra.map(({ step }) => step.number)).toEqual([0, 6, 12]);
    served.interrupt();
    await served.ended;
  });

  it.each<[string, string[], string]>([
    ['an unknown key', ['--set', 'bachSize=4'], 'bachSize: unknown key; did you mean batchSize?'],
    ['more examples than there are', ['--set', 'spectra.examples=70000'], 'spectra.examples: 70000 is more than'],
    ['a net that the data does not fit', ['--set', 'architecture={ kind: vgg-11 }'], 'vgg-11 takes images'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await runRitz(['train', file, '--no-send', ...args], { RITZ_DATA: directory });
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('says that the config is not there', async () => {
    const { code, stderr } = await runRitz(['train', 'none.yaml'], { RITZ_DATA: directory });
    expect([code, stderr.trim()]).toEqual([1, 'ritz: none.yaml cannot be read (ENOENT).']);
  });
});

describe('ritz data', () => {
  it('lists, verifies and names what it knows', async () => {
    const environment = { RITZ_DATA: directory };
    const { stdout } = await runRitz(['data', 'list'], environment);
    expect(stdout).toMatch(/mnist .*here/);
    expect(stdout).toMatch(/cifar10 .*not fetched/);
    expect((await runRitz(['data', 'verify', 'mnist'], environment)).code).toBe(0);
    const missing = await runRitz(['data', 'verify', 'cifar10'], environment);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('Fetch it: ritz data fetch cifar10')]);
    const unknown = await runRitz(['data', 'fetch', 'imagenet'], environment);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('Known: mnist, cifar10.')]);
  });
});
