/** The network and the data of a job, fetched to this machine, as a curvature operator. */
import path from 'node:path';
import { runs, type Database, type SpectrumJob } from '@ritz/database';
import { parameterCount, type Engine, type Model } from '@ritz/estimation';
import {
  configSchema,
  createSpectrumProblem,
  directionsOf,
  loadData,
  modelParts,
  readSafetensors,
  trainOptions,
  TrainingError,
  type MeasureOptions,
  type TrainingDirections,
} from '@ritz/training';
import { JobError } from './error/JobError.ts';
import { fetchContent } from './store/content.ts';
import type { ObjectStore } from './store/ObjectStore.ts';

export interface JobCurvature extends Pick<
  MeasureOptions,
  | 'hessian'
  | 'operator'
  | 'batchSize'
  | 'batchNorm'
  | 'dataSize'
  | 'dataFingerprint'
  | 'classes'
  | 'parts'
  | 'directions'
> {
  readonly model: Model;
}

/** Paths of fetched files. */
export interface NetworkFiles {
  readonly model: string;
  readonly data: string;
  readonly labels: string;
}

/** Opens a network trained elsewhere with its examples. Throws a JobError (NETWORK_UNUSABLE) when they do not fit together. */
export type OpenNetwork = (
  files: NetworkFiles,
  request: SpectrumJob['request'],
  engine: Engine,
) => Promise<JobCurvature>;

/** The resources of this machine. */
export interface Machine {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Data sets, and files fetched from the store, are kept under it. */
  readonly dataDirectory: string;
  readonly openNetwork: OpenNetwork;
  readonly signal: AbortSignal;
}

export interface JobProblem {
  readonly curvature: JobCurvature;
  /** Moves to the point of another job with the same key. */
  moveTo(job: SpectrumJob): Promise<void>;
}

/** Jobs with the same key differ at most in their point. */
export function problemKey({ request, runId }: SpectrumJob): string {
  const { source, operator, precision, engine, probeGroups, microBatch, vectorsPerPass } = request;
  const where = source.kind === 'checkpoint' ? runId : { ...source, probeGroups, microBatch, vectorsPerPass };
  return JSON.stringify([where, operator, precision, engine]);
}

/** Throws a StoreError, TrainingError, EstimationError or JobError that says what is wrong with the job or with this machine. */
export function openProblem(job: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  switch (job.request.source.kind) {
    case 'checkpoint':
      return ofCheckpoint(job, engine, machine);
    case 'onnx':
      return ofNetwork(job, engine, machine);
  }
}

function cacheOf({ dataDirectory }: Machine): string {
  return path.join(dataDirectory, 'cache');
}

async function ofCheckpoint(job: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  const run = await runs.get(machine.database, job.runId);
  const config = configSchema.safeParse(run.config);
  if (!config.success) {
    throw new JobError(
      'NO_CONFIG',
      `Run ${run.id} was not created by \`ritz train\`, so its checkpoints cannot be measured.`,
    );
  }
  const data = await loadData(config.data.data, machine);
  const options = trainOptions(config.data, data, engine);
  const { operator } = job.request;
  const n = parameterCount(options.model);
  const first = await checkpointOf(job, n, machine);
  const problem = await createSpectrumProblem(options, first.parameters, operator);
  const parts = modelParts(options.model, options.spectra?.blocks);
  const curvature = { ...problem, model: options.model, operator, parts, directions: first.directions };
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
    const { parameters, directions } = await checkpointOf(next, n, machine);
    await problem.hessian.setParameters(parameters);
    curvature.directions = directions;
  };
  await moveTo(job);
  return { curvature, moveTo };
}

interface Checkpoint {
  readonly parameters: Float64Array;
  readonly directions: TrainingDirections;
}

async function checkpointOf({ request }: SpectrumJob, n: number, machine: Machine): Promise<Checkpoint> {
  if (request.source.kind !== 'checkpoint') throw new JobError('WRONG_SOURCE', 'Expected a checkpoint job.');
  const { checkpoint } = request.source;
  const { tensors } = await readSafetensors(await fetchContent(machine.store, checkpoint, cacheOf(machine)));
  const { data } = tensors['parameters'] ?? {};
  if (data?.length === n) return { parameters: Float64Array.from(data), directions: directionsOf(tensors) };
  throw new TrainingError(
    'CHECKPOINT_MISMATCH',
    `Checkpoint ${checkpoint} has ${data?.length ?? 'no'} parameters; the network of the run has ${n}.`,
  );
}

async function ofNetwork({ request }: SpectrumJob, engine: Engine, machine: Machine): Promise<JobProblem> {
  const { source } = request;
  if (source.kind !== 'onnx') throw new JobError('WRONG_SOURCE', 'Expected a job for an ONNX network.');
  const fetched = (hash: string): Promise<string> => fetchContent(machine.store, hash, cacheOf(machine));
  const files = {
    model: await fetched(source.model),
    data: await fetched(source.data),
    labels: await fetched(source.labels),
  };
  const curvature = await machine.openNetwork(files, request, engine);
  return { curvature, moveTo: () => Promise.resolve() };
}
