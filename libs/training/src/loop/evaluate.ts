/** Loss and accuracy over whole sets of examples: each part is compiled once and its data stay in the engine. */
import {
  feedsOf,
  forwardGraph,
  outputShape,
  sizeOf,
  type Engine,
  type Problem,
  type Program,
  type Tensors,
} from '@ritz/estimation';
import { floatArray } from '@ritz/lanczos';
import type { Examples } from '../data/DataSet.ts';
import { partSize } from './partSize.ts';

interface Scores {
  /** Mean loss. */
  readonly loss: number;
  /** Share of labels whose logit is the largest. */
  readonly accuracy: number;
}

export interface Evaluation {
  /** One result per set, in order. Throws the signal's reason when it is aborted. */
  evaluate(parameters: ArrayLike<number>, buffers: ArrayLike<number>, signal?: AbortSignal): Promise<Scores[]>;
  release(): Promise<void>;
}

interface Part {
  readonly labels: Int32Array;
  readonly program: Program;
}

/** Examples per part, at most. */
const largestPart = 2500;

/** Compiles a program for every length of a part; parts of one length share it. */
export async function createEvaluation(
  engine: Engine,
  problem: Problem,
  sets: readonly Examples[],
): Promise<Evaluation> {
  const size = partSize(problem, largestPart);
  const programs = new Map<number, Program>();
  const programFor = async (examples: number): Promise<Program> => {
    const known = programs.get(examples);
    if (known) return known.share();
    const program = await engine.compile(forwardGraph(problem, examples));
    programs.set(examples, program);
    return program;
  };
  const parts: Part[][] = [];
  for (const set of sets) {
    const ofSet: Part[] = [];
    const count = set.inputs.length / sizeOf(problem.model.inputShape);
    const each = set.labels.length / count;
    for (let first = 0; first < count; first += size) {
      const labels = set.labels.slice(first * each, (first + size) * each);
      const program = await programFor(labels.length / each);
      await keepExamples(program, problem, engine, { inputs: set.inputs, labels }, { first, each });
      ofSet.push({ labels, program });
    }
    parts.push(ofSet);
  }
  return {
    evaluate: async (parameters, buffers, signal) => {
      const feeds = {
        ...feedsOf(problem.model.parameters, parameters, engine.precision, 'parameter'),
        ...feedsOf(problem.model.buffers, buffers, engine.precision, 'buffer'),
      };
      const scores: Scores[] = [];
      for (const ofSet of parts) scores.push(await evaluateSet(ofSet, feeds, signal));
      return scores;
    },
    release: async () => {
      for (const { program } of parts.flat()) await program.release();
    },
  };
}

/** `labels` of a part, `each` an example; `inputs` of all: the part begins at example `first`. */
async function keepExamples(
  program: Program,
  { model }: Problem,
  { precision }: Engine,
  { inputs, labels }: Examples,
  { first, each }: { readonly first: number; readonly each: number },
): Promise<void> {
  const size = sizeOf(model.inputShape);
  const examples = labels.length / each;
  const part = inputs.subarray(first * size, (first + examples) * size);
  await program.bind({
    inputs: {
      shape: [examples, ...model.inputShape],
      data: model.inputType === 'int' ? Int32Array.from(part) : floatArray(precision, part),
    },
    targets: { shape: [examples, ...outputShape(model).slice(0, -1)], data: labels },
  });
}

async function evaluateSet(parts: readonly Part[], feeds: Tensors, signal?: AbortSignal): Promise<Scores> {
  let loss = 0;
  let correct = 0;
  let count = 0;
  for (const { labels, program } of parts) {
    signal?.throwIfAborted();
    const result = await program.run(feeds);
    loss += (result['loss']?.data[0] ?? Number.NaN) * labels.length;
    correct += countCorrect(result['outputs']?.data ?? [], labels);
    count += labels.length;
  }
  return { loss: loss / count, accuracy: correct / count };
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
