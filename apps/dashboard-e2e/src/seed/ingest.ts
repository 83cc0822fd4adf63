/** Writes a run as a training does: records sent to `POST /ingest` one after the other. */
import { lanczos } from './lanczos.ts';
import { classes, eigenvaluesAt, measuresAt, parameters, type SeedRun } from './training.ts';

export interface IngestOptions {
  readonly api: string;
  readonly token?: string;
}

const lanczosSteps = 40;
const fewSteps = 12;
/** Records of one request. */
const atATime = 250;

/** Throws unless every record was stored. */
export async function send({ api, token }: IngestOptions, records: readonly object[]): Promise<void> {
  const response = await fetch(`${api}/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: records.map((record) => `${JSON.stringify({ v: 1, ...record })}\n`).join(''),
  });
  const answer = await response.text();
  if (!response.ok || /"status":"(?:REFUSED|STOPPED)"/.test(answer)) {
    throw new Error(`The API refused: ${String(response.status)} ${answer}`);
  }
}

export interface RunSettings {
  readonly plannedSteps?: number;
  readonly architecture?: string;
  readonly batchNorm?: string;
  readonly residual?: boolean;
  /** Undefined: unknown. */
  readonly classes?: number | undefined;
  readonly parameterCount?: number;
  readonly schedule?: Readonly<Record<string, unknown>>;
}

export async function beginRun(to: IngestOptions, run: SeedRun, settings: RunSettings = {}): Promise<void> {
  const { id, name, seed, initialRate } = run;
  await send(to, [
    {
      kind: 'run',
      id,
      name,
      seed,
      architecture: 'synthetic-640',
      dataset: 'synthetic',
      optimiser: 'sgd',
      classes: classes,
      parameterCount: parameters,
      schedule: { kind: 'CONSTANT', initial: initialRate },
      ...settings,
    },
  ]);
}

/** Steps `from` to `to`, inclusive. */
export async function writeSteps(to: IngestOptions, run: SeedRun, from: number, until: number): Promise<void> {
  const numbers = Array.from({ length: until - from + 1 }, (_unused, index) => from + index);
  await send(
    to,
    numbers.map((number) => ({ kind: 'step', runId: run.id, number, ...measuresAt(run, number) })),
  );
}

export async function endRun(to: IngestOptions, run: SeedRun): Promise<void> {
  await send(to, [{ kind: 'finish', runId: run.id, status: 'FINISHED' }]);
}

export async function writeSpectrum(to: IngestOptions, run: SeedRun, step: number): Promise<void> {
  await send(to, [spectrumRecord(run, step, eigenvaluesAt(run, step))]);
}

/** Spectra of few Lanczos steps, many at a time: of a training measured at every step. */
export async function writeSpectra(to: IngestOptions, run: SeedRun, steps: readonly number[]): Promise<void> {
  for (let first = 0; first < steps.length; first += atATime) {
    const some = steps.slice(first, first + atATime);
    await send(
      to,
      some.map((step) => spectrumRecord(run, step, eigenvaluesAt(run, step), fewSteps)),
    );
  }
}

/** The spectrum of given eigenvalues, measured by two probes. */
export function spectrumRecord(run: SeedRun, step: number, eigenvalues: Float64Array, steps = lanczosSteps): object {
  return {
    kind: 'spectrum',
    id: crypto.randomUUID(),
    runId: run.id,
    step,
    parameterCount: eigenvalues.length,
    lanczosSteps: steps,
    seed: run.seed,
    precision: 'FLOAT64',
    dataSize: 1000,
    dataFingerprint: 'synthetic',
    hvpCount: 2 * steps,
    seconds: 0.1,
    engine: 'exact',
    probes: [0, 1].map((index) => ({ index, seed: index, ...lanczos(eigenvalues, steps, index + step) })),
  };
}
