/** Runs to read: records as any client sends them. */
import { randomUUID } from 'node:crypto';

interface SeededRun {
  readonly settings?: object;
  /** Of the eigenvalues. */
  readonly scale: number;
}

/** Stores a run with spectra at steps 0 and 10, and an overlap at 10; resolves to its id. */
export async function seedRun(url: string, name: string, { settings, scale }: SeededRun): Promise<string> {
  const id = randomUUID();
  const run = { name, architecture: 'mlp', dataset: 'mnist', optimiser: 'sgd', parameterCount: 1000, seed: 1 };
  const alphas = [
    [2, 1, 0.5],
    [1.5, 1.25, 0.25],
  ];
  const spectrum = (step: number): object => ({
    ...{ v: 1, kind: 'spectrum', id: randomUUID(), runId: id, step, parameterCount: 1000, lanczosSteps: 3, seed: 1 },
    ...{ precision: 'FLOAT64', dataSize: 64, dataFingerprint: 'x', hvpCount: 6, seconds: 1, engine: 'test' },
    probes: alphas.map((alpha, index) => ({
      ...{ index, seed: index, alpha: alpha.map((value) => scale * value), beta: [1, 0.5, 0.125] },
    })),
    gradientOverlap: step === 10 ? [{ k: 1, fraction: 0.5 }] : [],
  });
  const records = [
    { v: 1, kind: 'run', id, ...run, schedule: { kind: 'CONSTANT', initial: 0.1 }, ...settings },
    ...[0, 10].map((number) => ({ v: 1, kind: 'step', runId: id, number, trainLoss: 1 / (number + 1) })),
    ...[0, 10].map(spectrum),
    { v: 1, kind: 'finish', runId: id, status: 'FINISHED' },
  ];
  const response = await fetch(`${url}/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  });
  const answer = await response.text();
  if (!answer.includes('"REFUSED":0')) throw new Error(answer);
  return id;
}
