/** Trainings, one after the other: each is started again until it is whole, as a scheduler does with one that was killed. */
import fs from 'node:fs';
import path from 'node:path';
import { runRitz, startRitz } from './ritz.ts';

const config = {
  architecture: { kind: 'mlp', hidden: [5] },
  data: { kind: 'mnist' },
  schedule: { kind: 'constant', rate: 0.1 },
  steps: 2000,
  batchSize: 50,
  logEvery: 5,
  testExamples: 100,
  checkpointEvery: 5,
  spectra: { steps: [1000, 2000], examples: 60, lanczosSteps: 6, probes: 2, vectorsPerPass: 2 },
};

export interface Trainer {
  /** When a training last wrote its records, in milliseconds since 1970; 0 before the first. */
  wroteAt(): number;
  /** Lets the training under way come to its end; resolves with the run of every training, none of them cut short. */
  finish(): Promise<string[]>;
}

/** @param data of the `ritz up` whose workers measure the spectra. */
export function startTrainer(api: string, data: string): Trainer {
  const runs: string[] = [];
  const state = { finishing: false };
  const work = async (): Promise<void> => {
    while (!state.finishing) runs.push(await train(`training ${String(runs.length)}`, { api, data }));
  };
  const working = work();
  working.catch(() => undefined);
  return {
    wroteAt: () =>
      Math.max(0, ...recordFiles(data).map((file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)),
    async finish() {
      state.finishing = true;
      await working;
      return runs;
    },
  };
}

/** @returns the id of the run. */
async function train(name: string, { api, data }: { readonly api: string; readonly data: string }): Promise<string> {
  for (;;) {
    const args = ['train', configFile(data, name), '--spectra', 'queue', '--url', api];
    const { code, stdout, stderr } = await startRitz(args, { RITZ_DATA: data }).ended;
    if (code === null) continue;
    // The API is away: what was not sent is sent by the same command.
    if (code === 0 && stdout.includes('could not be sent')) continue;
    const id = /Run ([0-9a-f-]{36})/.exec(stdout)?.[1];
    if (code !== 0 || id === undefined) throw new Error(`ritz train ended with ${String(code)}.\n${stdout}${stderr}`);
    return id;
  }
}

function configFile(directory: string, name: string): string {
  const file = path.join(directory, `${name}.yaml`);
  fs.writeFileSync(file, JSON.stringify({ name, ...config }));
  return file;
}

function recordFiles(data: string): string[] {
  const folder = path.join(data, 'runs');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((name) => (name.endsWith('.jsonl') ? [path.join(folder, name)] : []));
}

/** What a training measures that nobody disturbs. */
export async function undisturbed(data: string): Promise<Measurements> {
  fs.mkdirSync(data, { recursive: true });
  const { code, stderr } = await runRitz(['train', configFile(data, 'alone'), '--no-send'], { RITZ_DATA: data });
  if (code !== 0) throw new Error(stderr);
  return measurementsOf(fs.readFileSync(recordFiles(data)[0] ?? '', 'utf8'));
}

/** The curves and the tridiagonals of a training: the same for every one of the config. */
export interface Measurements {
  readonly losses: readonly (readonly [step: number, trainLoss: number])[];
  readonly tridiagonals: readonly (readonly [step: number, alpha: readonly (readonly number[])[]])[];
}

interface Line {
  readonly kind: string;
  readonly number: number;
  readonly trainLoss?: number | null;
  readonly step: number;
  readonly probes: readonly { readonly alpha: readonly number[] }[];
}

/** Of the lines of a record file or of an exported run. */
export function measurementsOf(text: string): Measurements {
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
  const steps = lines.filter(({ kind, trainLoss }) => kind === 'step' && typeof trainLoss === 'number');
  const spectra = lines.filter(({ kind }) => kind === 'spectrum');
  return {
    losses: steps.map(({ number, trainLoss }) => [number, trainLoss ?? NaN] as const).sort(([one], [two]) => one - two),
    tridiagonals: spectra
      .map(({ step, probes }) => [step, probes.map(({ alpha }) => alpha)] as const)
      .sort(([one], [two]) => one - two),
  };
}
