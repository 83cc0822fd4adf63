/** Loss and accuracy over whole sets of examples: each part is compiled once and its data stay in the engine. */
import { feedsOf, forwardGraph, sizeOf, type Engine, type Problem, type Program, type Tensors } from '@ritz/estimation';
import { floatArray } from '@ritz/lanczos';
import type { Examples } from '../data/DataSet.ts';
import { partSize } from './partSize.ts';

interface Scores {
  /** Mean loss. */
  readonly loss: number;
  /** Share of examples whose largest logit is their label's. */
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
    for (let first = 0; first < set.labels.length; first += size) {
      const labels = set.labels.slice(first, first + size);
      const program = await programFor(labels.length);
      await keepExamples(program, problem, engine, { inputs: set.inputs, labels }, first);
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

/** `labels` of a part, `inputs` of all: the part begins at example `first`. */
async function keepExamples(
  program: Program,
  { model }: Problem,
  { precision }: Engine,
  { inputs, labels }: Examples,
  first: number,
): Promise<void> {
  const size = sizeOf(model.inputShape);
  const examples = labels.length;
  const values = floatArray(precision, inputs.subarray(first * size, (first + examples) * size));
  await program.bind({
    inputs: { shape: [examples, ...model.inputShape], data: values },
    targets: { shape: [examples], data: labels },
  });
}

async function evaluateSet(parts: readonly Part[], feeds: Tensors, signal?: AbortSignal): Promise<Scores> {
  let loss = 0;
  let correct = 0;
  let examples = 0;
  for (const { labels, program } of parts) {
    signal?.throwIfAborted();
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
