/** Loss and accuracy over whole sets of examples: every part is compiled for once and its data kept by the engine. */
import {
  feedsOf,
  floatArray,
  forwardGraph,
  sizeOf,
  type Engine,
  type Problem,
  type Program,
  type Tensors,
} from '@ritz/estimation';
import type { Examples } from '../data/DataSet.ts';

export interface Scores {
  /** Mean loss. */
  readonly loss: number;
  /** Share of examples whose largest logit is their label's. */
  readonly accuracy: number;
}

export interface Evaluation {
  /** One result per set, in order. */
  evaluate(parameters: ArrayLike<number>, buffers: ArrayLike<number>): Promise<Scores[]>;
  release(): Promise<void>;
}

interface Part {
  readonly labels: Int32Array;
  readonly program: Program;
}

/** Examples per part: activations of a part are in memory at a time. */
const partSize = 2500;

/** Compiles a program for every part of every set. */
export async function createEvaluation(
  engine: Engine,
  problem: Problem,
  sets: readonly Examples[],
): Promise<Evaluation> {
  const parts: Part[][] = [];
  for (const set of sets) {
    const ofSet: Part[] = [];
    for (let first = 0; first < set.labels.length; first += partSize) {
      ofSet.push(await compilePart(engine, problem, set, first));
    }
    parts.push(ofSet);
  }
  return {
    evaluate: async (parameters, buffers) => {
      const feeds = {
        ...feedsOf(problem.model.parameters, parameters, engine.precision, 'parameter'),
        ...feedsOf(problem.model.buffers, buffers, engine.precision, 'buffer'),
      };
      const scores: Scores[] = [];
      for (const ofSet of parts) scores.push(await evaluateSet(ofSet, feeds));
      return scores;
    },
    release: async () => {
      for (const { program } of parts.flat()) await program.release();
    },
  };
}

async function compilePart(
  engine: Engine,
  problem: Problem,
  { inputs, labels }: Examples,
  first: number,
): Promise<Part> {
  const { model } = problem;
  const size = sizeOf(model.inputShape);
  const part = labels.slice(first, first + partSize);
  const examples = part.length;
  const program = await engine.compile(forwardGraph(problem, examples));
  const values = floatArray(engine.precision, inputs.subarray(first * size, (first + examples) * size));
  await program.keep({
    inputs: { shape: [examples, ...model.inputShape], data: values },
    targets: { shape: [examples], data: part },
  });
  return { labels: part, program };
}

async function evaluateSet(parts: readonly Part[], feeds: Tensors): Promise<Scores> {
  let loss = 0;
  let correct = 0;
  let examples = 0;
  for (const { labels, program } of parts) {
    const result = await program.run(feeds);
    loss += (result['loss']?.data[0] ?? Number.NaN) * labels.length;
    correct += countCorrect(result['outputs']?.data ?? [], labels);
    examples += labels.length;
  }
  return { loss: loss / examples, accuracy: correct / examples };
}

function countCorrect(logits: ArrayLike<number>, labels: Int32Array): number {
  const classes = logits.length / labels.length;
  let correct = 0;
  for (const [row, label] of labels.entries()) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((logits[row * classes + c] ?? 0) > (logits[row * classes + best] ?? 0)) best = c;
    }
    if (best === label) correct++;
  }
  return correct;
}
