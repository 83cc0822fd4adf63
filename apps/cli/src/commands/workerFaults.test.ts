import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { createClient, RequestSpectrumDocument, type RequestSpectrumInput } from '@ritz/client';
import { jobs } from '@ritz/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Platform, Site, stopWorker, until } from '../testing/measuring.ts';
import { runRitz, type RunningRitz } from '../testing/ritz.ts';

let platform: Platform;
let site: Site;
let runId: string;

const config = {
  name: 'with faults',
  architecture: { kind: 'mlp', hidden: [5] },
  data: { kind: 'mnist' },
  schedule: { kind: 'constant', rate: 0.1 },
  steps: 2,
  batchSize: 50,
  testExamples: 100,
  spectra: { steps: [2], examples: 60, lanczosSteps: 8, probes: 3, vectorsPerPass: 2 },
};
const patience = 300_000;

beforeAll(async () => {
  platform = await Platform.start();
}, patience);
afterAll(() => platform.stop());

/** One worker, whose clock is a day ahead. */
async function startAhead(): Promise<RunningRitz> {
  const ahead = 'const now = Date.now; Date.now = () => now() + 86400000;';
  const started = site.worker([], { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(ahead)}"` });
  await started.printed('Worker');
  return started;
}

async function ask(changes: Partial<RequestSpectrumInput>): Promise<string> {
  const client = createClient({ url: `${platform.api.url}/graphql` });
  const source = { checkpoint: 'ab'.repeat(32) };
  const input = { id: randomUUID(), runId, step: 0, source, probes: 2, lanczosSteps: 5, ...changes };
  const { requestSpectrum } = await client.request(RequestSpectrumDocument, { input });
  expect(requestSpectrum.userErrors).toEqual([]);
  return input.id;
}

async function ended(id: string): Promise<{ status: string; failure: string | null; attempts: number }> {
  const job = await until(
    async () => (await platform.jobsOf(runId)).find((one) => one.id === id),
    (one) => one?.status === 'failed' || one?.status === 'finished',
  );
  const attempts = Math.max(...(job?.parts.map((part) => part.attempts) ?? []));
  return { status: job?.status ?? '', failure: job?.failure ?? null, attempts };
}

const fixtures = path.resolve(import.meta.dirname, '../../../../tools/fixtures/onnx');

/** @returns the SHA-256 of each file in the store. */
async function put(...names: string[]): Promise<string[]> {
  const { code, stdout } = await runRitz(['store', 'put', ...names], site.environment);
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
}

async function measuredAhead(): Promise<void> {
  await platform.all(runId, 'finished');
  expect(await platform.storedSpectra(runId)).toEqual(await site.measuredHere());
  expect((await jobs.workers(platform.server.database))[0]).toMatchObject({ alive: true });
}

async function measuresNetworks(): Promise<void> {
  const [model = '', data = '', labels = ''] = [
    'classifier.onnx',
    'classifier-inputs.npy',
    'classifier-labels.npy',
  ].map((name) => path.join(fixtures, name));
  const [modelHash = '', dataHash = '', labelsHash = ''] = await put(model, data, labels);
  const source = { model: modelHash, data: dataHash, labels: labelsHash };
  const id = await ask({ source, step: 1, probes: 3, seed: 4, lanczosSteps: 6, probeGroups: [2, 1] });
  expect(await ended(id)).toMatchObject({ status: 'finished', failure: null });
  const report = path.join(site.directory, 'report.json');
  const settings = ['--steps', '6', '--probes', '3', '--seed', '4', '--vectors-per-pass', '2', '--json', report];
  await runRitz(['spectrum', '--model', model, '--data', data, '--labels', labels, ...settings]);
  const { probes } = JSON.parse(await fs.readFile(report, 'utf8')) as {
    probes: { alpha: number[]; beta: number[] }[];
  };
  const stored = (await platform.storedSpectra(runId)).find((spectrum) => spectrum['id'] === id);
  expect((stored?.['probes'] as typeof probes).map(({ alpha, beta }) => [alpha, beta])).toEqual(
    probes.map(({ alpha, beta }) => [alpha, beta]),
  );
}

async function failsAtOnce(): Promise<void> {
  const { source } = (await platform.jobsOf(runId)).find(({ stepNumber }) => stepNumber === 2)?.request ?? {};
  const trained = source?.kind === 'checkpoint' ? source.checkpoint : '';
  const checkpoint = path.join(site.directory, 'shared/objects', trained.slice(0, 2), trained);
  const wrong = 'cd'.repeat(32);
  await fs.mkdir(path.join(site.directory, 'shared/objects/cd'), { recursive: true });
  await fs.copyFile(checkpoint, path.join(site.directory, 'shared/objects/cd', wrong));
  const other = await ended(await ask({ source: { checkpoint: wrong }, step: 10 }));
  expect(other).toMatchObject({ status: 'failed', attempts: 1 });
  expect(other.failure).toContain(`${wrong} has SHA-256 `);

  const note = path.join(site.directory, 'note.txt');
  await fs.writeFile(note, 'no network');
  const [data = '', labels = '', text = '', sequence = ''] = await put(
    ...['classifier-inputs.npy', 'classifier-labels.npy'].map((name) => path.join(fixtures, name)),
    ...[note, path.join(fixtures, 'mixed.onnx')],
  );
  for (const [step, model] of [text, sequence].entries()) {
    const failed = await ended(await ask({ source: { model, data, labels }, step: 20 + step }));
    expect(failed).toMatchObject({ status: 'failed', attempts: 1 });
    expect(failed.failure).toContain(model);
  }
  // Another measurement of a step that has a spectrum is stored beside it.
  const again = await ended(await ask({ source: { checkpoint: trained }, step: 2 }));
  expect(again).toMatchObject({ status: 'finished', failure: null });
}

async function waitsForFiles(): Promise<void> {
  const file = path.join(site.directory, 'late.npy');
  const labels = await fs.readFile(path.join(fixtures, 'classifier-labels.npy'));
  await fs.copyFile(path.join(fixtures, 'classifier-labels.npy'), file);
  const [model = '', data = '', hash = ''] = await put(
    path.join(fixtures, 'classifier.onnx'),
    path.join(fixtures, 'classifier-inputs.npy'),
    file,
  );
  const there = path.join(site.directory, 'shared/objects', hash.slice(0, 2), hash);
  await fs.rm(there);
  await fs.rm(path.join(site.directory, 'cache', hash), { force: true });
  const id = await ask({ source: { model, data, labels: hash }, step: 30 });
  const waiting = await until(
    async () => (await platform.jobsOf(runId)).find((job) => job.id === id)?.parts[0],
    (part) => part !== undefined && part.failure !== null,
  );
  expect(waiting?.failure).toContain(`has no objects/${hash.slice(0, 2)}/${hash}`);
  await fs.writeFile(there, labels);
  expect(await ended(id)).toMatchObject({ status: 'finished' });
}

describe('a job', () => {
  it(
    'is measured whatever the clock of its worker says, fails at once or waits as its fault wants it',
    async () => {
      site = await Site.open(platform, config);
      runId = await site.train();
      const worker = await startAhead();
      await measuredAhead();
      await measuresNetworks();
      await failsAtOnce();
      await waitsForFiles();
      expect((await stopWorker(worker)).code).toBe(0);
    },
    patience,
  );
});

describe('a worker', () => {
  it(
    'that was stopped so long that its lease ran out finds its part done, and doubles nothing',
    async () => {
      const slow = {
        ...config,
        name: 'slow',
        spectra: { ...config.spectra, examples: 8000, lanczosSteps: 120, probes: 2 },
      };
      const place = await Site.open(platform, slow);
      const first = place.worker();
      const run = await place.train();
      await until(
        async () => (await platform.jobsOf(run)).flatMap(({ parts }) => parts),
        (parts) => parts.some(({ status, stepsDone }) => status === 'running' && stepsDone > 0),
      );
      process.kill(first.pid, 'SIGSTOP');
      const second = place.worker();
      await platform.all(run, 'finished');
      process.kill(first.pid, 'SIGCONT');
      await first.printed(/taken over by another worker|already stored/);
      expect(await platform.storedSpectra(run)).toEqual(await place.measuredHere());
      for (const one of [first, second]) expect((await stopWorker(one)).code).toBe(0);
    },
    patience,
  );

  it(
    'whose disk is full says so and gives its part to one that has room',
    async () => {
      const large = { ...config, name: 'large', architecture: { kind: 'mlp', hidden: [20] } };
      const place = await Site.open(platform, { ...large, spectra: { ...config.spectra, lanczosSteps: 40 } });
      const run = await place.train();
      const bin = path.resolve(import.meta.dirname, '../../bin/ritz.js');
      // The shell's unit is 512 or 1024 bytes: room for the checkpoint and a few steps, not for all.
      const limited = spawn('sh', ['-c', `ulimit -f 2000; exec "${process.execPath}" "${bin}" worker --lease 4`], {
        env: { ...process.env, ...place.environment },
        stdio: 'ignore',
      });
      const failed = await until(
        async () => (await platform.jobsOf(run)).flatMap(({ parts }) => parts).find(({ failure }) => failure !== null),
        (part) => part !== undefined,
      );
      expect(failed?.failure).toMatch(/cannot be (saved|written)/);
      limited.kill('SIGKILL');
      const roomy = place.worker();
      await platform.all(run, 'finished');
      expect(await platform.storedSpectra(run)).toEqual(await place.measuredHere());
      await stopWorker(roomy);
    },
    patience,
  );
});
