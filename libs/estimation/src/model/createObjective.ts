/** The loss of a model on batches of one size, compiled: what a training loop and an evaluation call. */
import type { Engine, FloatArray, Program } from '../engines/Engine.ts';
import { forwardGraph, gradientGraph } from './gradientGraph.ts';
import { parameterCount, type Model } from './Model.ts';
import { accumulate, parameterFeeds } from './parameterVector.ts';

export interface Objective {
  readonly examples: number;
  /** Mean loss and its gradient [n]. `inputs` [examples, ...inputShape] and `labels` [examples]. */
  gradient(parameters: ArrayLike<number>, inputs: FloatArray, labels: Int32Array): Promise<LossAndGradient>;
  /** Mean loss and the number of examples whose largest logit is their label's. */
  evaluate(parameters: ArrayLike<number>, inputs: FloatArray, labels: Int32Array): Promise<LossAndCorrect>;
  release(): Promise<void>;
}

export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Float64Array;
}

export interface LossAndCorrect {
  readonly loss: number;
  readonly correct: number;
}

function countCorrect(logits: ArrayLike<number>, labels: Int32Array, classes: number): number {
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((logits[row * classes + c] ?? 0) > (logits[row * classes + best] ?? 0)) best = c;
    }
    if (best === labels[row]) correct++;
  }
  return correct;
}

/** Compiles two programs: loss with gradient, and loss with logits. */
export async function createObjective(engine: Engine, model: Model, examples: number): Promise<Objective> {
  const training: Program = await engine.compile(gradientGraph(model, examples));
  const evaluation: Program = await engine.compile(forwardGraph(model, examples));
  const feeds = (parameters: ArrayLike<number>, inputs: FloatArray, labels: Int32Array) => ({
    inputs: { shape: [examples, ...model.inputShape], data: inputs },
    labels: { shape: [examples], data: labels },
    ...parameterFeeds(model, parameters, engine.precision),
  });
  return {
    examples,
    gradient: async (parameters, inputs, labels) => {
      const result = await training.run(feeds(parameters, inputs, labels));
      const sum = new Float64Array(parameterCount(model));
      accumulate(model, result, 'gradient', 1, sum);
      return { loss: result['loss']?.data[0] ?? Number.NaN, gradient: sum };
    },
    evaluate: async (parameters, inputs, labels) => {
      const result = await evaluation.run(feeds(parameters, inputs, labels));
      const correct = countCorrect(result['logits']?.data ?? [], labels, model.classes);
      return { loss: result['loss']?.data[0] ?? Number.NaN, correct };
    },
    release: async () => {
      await training.release();
      await evaluation.release();
    },
  };
}
