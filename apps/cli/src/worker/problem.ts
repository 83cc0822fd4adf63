/** What a job is about, brought to this machine: the network and its data, as a matrix to multiply with. */
import { runs, type Database, type SpectrumJob } from '@ritz/database';
import { EstimationError, parameterCount, type Engine } from '@ritz/estimation';
import {
  configSchema,
  createSpectrumProblem,
  loadData,
  readSafetensors,
  trainOptions,
  TrainingError,
  fingerprint,
  type MeasureOptions,
} from '@ritz/training';
import path from 'node:path';
import { curvatureOf } from '../spectrum/curvature.ts';
import { batchNormModeOf, classesOf, loadProblem } from '../spectrum/load-problem.ts';
import { fetchContent } from '../store/content.ts';
import type { ObjectStore } from '../store/ObjectStore.ts';
import { CliError } from '../terminal/cli-error.ts';

/** What this machine has. */
export interface Machine {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Data sets, and what was brought from the store, are kept under it. */
  readonly dataDirectory: string;
  readonly signal: AbortSignal;
}

export interface JobProblem {
  readonly matrix: Pick<
    MeasureOptions,
    'hessian' | 'operator' | 'batchNorm' | 'dataSize' | 'dataFingerprint' | 'classes'
  >;
  /** Moves to the point of another job of the same key. */
  moveTo(job: SpectrumJob): Promise<void>;
}

/** Jobs of one key differ in their point alone, if at all. */
export function problemKey({ request, runId }: SpectrumJob): string {
  const { source, operator, precision, engine, probeGroups, microBatch, vectorsPerPass } = request;
  const where = source.kind === 'checkpoint' ? runId : { ...source, probeGroups, microBatch, vectorsPerPass };
  return JSON.stringify([where, operator, precision, engine]);
}

/** Throws a StoreError, TrainingError, EstimationError or CliError that says what is wrong with the job, or with this machine. */
export function openProblem(job: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  return job.request.source.kind === 'checkpoint'
    ? ofCheckpoint(job, engine, machine)
    : ofNetwork(job, engine, machine);
}

function cacheOf({ dataDirectory }: Machine): string {
  return path.join(dataDirectory, 'cache');
}

async function ofCheckpoint(job: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  const run = await runs.get(machine.database, job.runId);
  const config = configSchema.safeParse(run.config);
  if (!config.success) {
    throw new CliError(`Run ${run.id} was not created by \`ritz train\`, so its checkpoints cannot be measured.`);
  }
  const data = await loadData(config.data.data, machine);
  const options = trainOptions(config.data, data, engine);
  const { operator } = job.request;
  const n = parameterCount(options.model);
  const problem = await createSpectrumProblem(options, await parametersOf(job, n, machine), operator);
  const moveTo = async (next: SpectrumJob): Promise<void> => {
    const { source } = next.request;
    const wanted = source.kind === 'checkpoint' ? source.dataFingerprint : null;
    if (wanted !== null && wanted !== problem.dataFingerprint) {
      throw new TrainingError(
        'DATA_CORRUPT',
        `The examples here have SHA-256 ${problem.dataFingerprint}, those of the training ${wanted}: ` +
          `bring the same data set (${config.data.data.kind}) to this machine.`,
      );
    }
    await problem.hessian.setParameters(await parametersOf(next, n, machine));
  };
  await moveTo(job);
  return { matrix: { ...problem, operator }, moveTo };
}

async function parametersOf({ request }: SpectrumJob, n: number, machine: Machine): Promise<Float64Array> {
  if (request.source.kind !== 'checkpoint') throw new CliError('Expected a checkpoint job.');
  const { checkpoint } = request.source;
  const { tensors } = await readSafetensors(await fetchContent(machine.store, checkpoint, cacheOf(machine)));
  const { data } = tensors['parameters'] ?? {};
  if (data?.length === n) return Float64Array.from(data);
  throw new TrainingError(
    'CHECKPOINT_MISMATCH',
    `Checkpoint ${checkpoint} has ${data?.length ?? 'no'} parameters; the network of the run has ${n}.`,
  );
}

async function ofNetwork({ request }: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  const { source, operator, microBatch, vectorsPerPass, probeGroups } = request;
  if (source.kind !== 'onnx') throw new CliError('Expected a job for an ONNX network.');
  const fetched = (hash: string): Promise<string> => fetchContent(machine.store, hash, cacheOf(machine));
  const problem = await loadProblem({
    model: await fetched(source.model),
    data: await fetched(source.data),
    labels: await fetched(source.labels),
    loss: source.loss,
    freeze: source.freeze,
    ...(source.batchNorm !== null && { batchNorm: source.batchNorm === 'minibatch' ? 'batch' : 'running' }),
  });
  const hessian = await curvatureOf(engine, problem, {
    operator,
    vectorsPerPass: vectorsPerPass ?? Math.max(...probeGroups),
    ...(microBatch !== null && { batch: microBatch }),
  });
  const loss = await hessian.loss();
  if (!Number.isFinite(loss)) {
    throw new EstimationError('NON_FINITE', `The loss on these examples is ${loss}: check weights and data.`);
  }
  return {
    matrix: {
      hessian,
      operator,
      batchNorm: batchNormModeOf(problem),
      dataSize: problem.examples,
      dataFingerprint: fingerprint({ inputs: problem.inputs, labels: problem.targets }),
      classes: classesOf(problem),
    },
    moveTo: () => Promise.resolve(),
  };
}
