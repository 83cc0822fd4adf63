/** The statistics of batch norm while a net is trained: the buffers that it normalises by, or that evaluation uses. */
import type { TrainingBatchNormMode } from '@ritz/records';
import {
  batchesOf,
  createPopulationStatistics,
  sizeOf,
  type BatchNormMode,
  type Engine,
  type Problem,
} from '@ritz/estimation';
import { initialBuffers } from '../architecture/initialParameters.ts';
import type { Architecture } from '../architecture/Architecture.ts';
import type { Examples } from '../data/DataSet.ts';
import { partSize } from './partSize.ts';

/** Examples per pass, at most, when the statistics of all of them are taken. */
const largestPass = 2048;

/** Share of a new batch in the running averages. */
const momentum = 0.1;

/**
 * `minibatch`: training normalises by the statistics of each batch and keeps running averages for evaluation (Ioffe and
 * Szegedy, ICML 2015). `population`: training and evaluation normalise by the statistics of all training examples at the current
 * parameters, found by passes over them and held constant in the gradient (Ghorbani et al., ICML 2019, §4.2).
 */
export type NormMode = Exclude<TrainingBatchNormMode, 'none'>;

export interface NormStatistics {
  /** Mode of the training steps. */
  readonly trainingMode: BatchNormMode;
  /** What evaluation, and training in the population mode, normalise by; changed in place. */
  readonly buffers: Float64Array;
  /** Recomputes the buffers at the current parameters, before a step; a no-op in mini-batch mode. */
  prepare(parameters: Float64Array): Promise<void>;
  /** Updates the running averages with the statistics of a training step; a no-op in population mode. */
  observe(observed: Float64Array): void;
  release(): Promise<void>;
}

export interface PopulationOptions {
  readonly engine: Engine;
  readonly problem: Problem;
  /** All of them. */
  readonly examples: Examples;
}

/** In the mini-batch mode `population` is not used. */
export async function createNormStatistics(
  architecture: Architecture,
  mode: NormMode,
  population: PopulationOptions,
): Promise<NormStatistics> {
  const buffers = initialBuffers(architecture);
  if (mode === 'population' && architecture.batchNorm) return populationStatistics(buffers, population);
  return {
    trainingMode: 'minibatch',
    buffers,
    prepare: () => Promise.resolve(),
    observe: (observed) => {
      for (let i = 0; i < buffers.length; i++) {
        buffers[i] = (1 - momentum) * (buffers[i] as number) + momentum * (observed[i] as number);
      }
    },
    release: () => Promise.resolve(),
  };
}

async function populationStatistics(
  buffers: Float64Array,
  { engine, problem, examples }: PopulationOptions,
): Promise<NormStatistics> {
  const data = { inputs: examples.inputs, targets: examples.labels };
  const pass = partSize(problem, largestPass);
  const batches = batchesOf(
    problem,
    data,
    examples.inputs.length / sizeOf(problem.model.inputShape),
    pass,
    engine.precision,
  );
  const statistics = await createPopulationStatistics(engine, problem, batches);
  return {
    trainingMode: 'population',
    buffers,
    prepare: async (parameters) => buffers.set(await statistics.at(parameters)),
    observe: () => undefined,
    release: () => statistics.release(),
  };
}
