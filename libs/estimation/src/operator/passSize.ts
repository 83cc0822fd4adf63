/** How much goes through the engine at once: examples by vectors. */
import { passesOf } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import { batchOutputShape } from '../model/applyModel.ts';
import type { Problem } from '../model/buildLoss.ts';
import { parameterCount } from '../model/Model.ts';
import { activationNumbers } from './footprint.ts';

export interface PassSize {
  /** Examples per run of the engine. */
  readonly microBatch: number;
  /** Vectors per run of the engine, at most. */
  readonly vectorsPerPass: number;
}

/**
 * Numbers in the largest tensor of a pass: 8 MB in float32. Tensors that fit the last-level cache win over larger ones, and over passes so
 * small that their number counts: ResNet-20 takes 3.50 ms a vector and example on two threads with 4 MB, 3.36 with 8; a small conv net 0.162
 * and 0.143, and 0.139 with 16, which is not worth the memory.
 */
const largestTensor = 2 ** 21;
/** Larger ones are cut in two even where they fit, for two lanes of the engine; smaller ones are done before that is worth it. */
const undivided = 2 ** 17;
/**
 * A pass reads a vector and writes a product of n numbers however few its examples are: it has so many that their activations are this
 * many times as many numbers, where there are so many examples.
 */
const activationsPerParameter = 2;
/**
 * Where examples cannot be cut, at least so many vectors share what is read of the primal activations: ResNet-20 with batch
 * statistics, 32 examples, takes 449, 335, 293, 303 ms of one core per vector for 1, 2, 4, 8 at once.
 */
const minVectors = 4;
/** Numbers in the vectors of a pass, at most, unless one has more: a lane has copies of them and of their products, of 256 MB each. */
const largestVectors = 2 ** 26;
const fewVectors = 8;
const manyVectors = 16;

/** Whether the examples of a micro-batch are tied together, by their statistics or their loss, so that it may not be chosen freely. */
export function tiesExamples(problem: Problem): boolean {
  const { model, batchNorm = 'minibatch' } = problem;
  return (batchNorm === 'minibatch' && model.buffers.length > 0) || isOneNumber(problem);
}

/** Whether the model computes one number for all examples, so that they cannot be cut at all. */
export function isOneNumber({ model, loss }: Problem): boolean {
  return loss.kind === 'output' && batchOutputShape(model, 1).length === 0;
}

export interface PassRequest extends Partial<PassSize> {
  /** n, the length of a vector. Default: all parameters. */
  readonly entries?: number;
  /** How many vectors are multiplied in a row, such as the probes of a spectrum: no pass is made for more. Default: not known. */
  readonly vectors?: number;
}

/**
 * What is not asked for is chosen by the size of the activations and of the vectors alone, so that the same problem is always summed up in the same
 * order. Examples that are tied together stay together. Throws an EstimationError (BAD_OPTION).
 */
export function choosePassSize(problem: Problem, examples: number, asked: PassRequest): PassSize {
  for (const name of ['microBatch', 'vectorsPerPass', 'vectors'] as const) {
    const value = asked[name];
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new EstimationError('BAD_OPTION', `${name}: expected an integer of at least 1, got ${value}.`);
    }
  }
  if (isOneNumber(problem) && (asked.microBatch ?? examples) < examples) {
    const why = `The model computes one loss for all ${examples} examples, which is not the mean over parts of them`;
    throw new EstimationError('BAD_OPTION', `microBatch: expected ${examples}, got ${asked.microBatch}. ${why}.`);
  }
  const { largest: activation, total } = activationNumbers(problem);
  const entries = asked.entries ?? parameterCount(problem.model);
  const enough = Math.min(examples, Math.ceil((activationsPerParameter * entries) / total));
  const pairs = Math.max(1, Math.floor(largestTensor / activation));
  const together = asked.microBatch ?? (tiesExamples(problem) ? examples : undefined);
  const preferred = pairs >= manyVectors * examples ? manyVectors : fewVectors;
  const fitting = between(together ? pairs / together : preferred, minVectors, manyVectors);
  const most = asked.vectorsPerPass ?? between(largestVectors / entries, 1, fitting);
  const vectorsPerPass = asked.vectors === undefined ? most : Math.max(...passesOf(asked.vectors, most));
  const half = Math.ceil(examples / 2);
  const inLanes = enough <= half && examples * vectorsPerPass * activation > undivided ? half : examples;
  const byActivations = between(pairs / vectorsPerPass, 1, inLanes);
  const chosen = byActivations < enough ? Math.ceil(examples / Math.floor(examples / enough)) : byActivations;
  const microBatch = Math.min(together ?? chosen, examples);
  return { microBatch, vectorsPerPass };
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.floor(value)));
}
