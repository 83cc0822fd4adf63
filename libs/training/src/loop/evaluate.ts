/** Loss and accuracy over whole sets of examples, in chunks of one compiled size. */
import { createObjective, sizeOf, type Engine, type Model, type Objective } from '@ritz/estimation';
import type { DataSet } from '../data/DataSet.ts';

export interface Scores {
  /** Mean loss. */
  readonly loss: number;
  /** Share of examples whose largest logit is their label's. */
  readonly accuracy: number;
}

export interface Evaluation {
  /** One result per set, in order. */
  evaluate(parameters: ArrayLike<number>): Promise<Scores[]>;
  release(): Promise<void>;
}

type Examples = Pick<DataSet, 'inputs' | 'labels'>;

const chunk = 1000;

/** Compiles for every chunk size that the sets need. */
export async function evaluateWhole(engine: Engine, model: Model, sets: readonly Examples[]): Promise<Evaluation> {
  const size = sizeOf(model.inputShape);
  const objectives = new Map<number, Objective>();
  const chunks = sets.map(({ inputs, labels }) => {
    const count = Math.ceil(labels.length / chunk);
    return Array.from({ length: count }, (_, i) => {
      const part = inputs.subarray(i * chunk * size, (i + 1) * chunk * size);
      return {
        inputs: engine.precision === 'float64' ? Float64Array.from(part) : part,
        labels: labels.subarray(i * chunk, (i + 1) * chunk),
      };
    });
  });
  for (const { labels } of chunks.flat()) {
    if (!objectives.has(labels.length)) {
      objectives.set(labels.length, await createObjective(engine, model, labels.length));
    }
  }
  const evaluateSet = async (parameters: ArrayLike<number>, parts: (typeof chunks)[number]): Promise<Scores> => {
    let loss = 0;
    let correct = 0;
    let examples = 0;
    for (const { inputs, labels } of parts) {
      const objective = objectives.get(labels.length) as Objective;
      const result = await objective.evaluate(parameters, inputs, labels);
      loss += result.loss * labels.length;
      correct += result.correct;
      examples += labels.length;
    }
    return { loss: loss / examples, accuracy: correct / examples };
  };
  return {
    evaluate: async (parameters) => {
      const scores: Scores[] = [];
      for (const parts of chunks) scores.push(await evaluateSet(parameters, parts));
      return scores;
    },
    release: async () => {
      for (const objective of objectives.values()) await objective.release();
    },
  };
}
