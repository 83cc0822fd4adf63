/** Finds the fastest size of a pass by a short measurement. */
import { floatArray } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import type { TensorData } from '../engines/Engine.ts';
import { otherInputName } from '../model/applyModel.ts';
import { checkExamples, batchesOf } from '../model/Examples.ts';
import { elementCount } from '../model/Model.ts';
import { selectParameters } from '../model/parameterSelection.ts';
import { createCurvature, type CurvatureOptions } from './createCurvature.ts';
import { choosePassSize, tiesExamples, type PassSize } from './passSize.ts';

/** By what the time depends on; for as long as the process lives. */
const remembered = new Map<string, PassSize>();

/** Beside the size that the rule gives. */
const factors = [1, 1 / 4, 1 / 2, 2, 4];
const maxVectors = 16;

/**
 * Times products of the first examples for a few sizes around the default and returns the one with the least time per example and
 * vector; sizes that do not fit `memory` are left out. The result is a choice for this machine at this moment: store it and give it
 * back as `microBatch` and `vectorsPerPass` where later measurements must have the same bits. Asked again for the same problem in
 * the same process, it answers from memory.
 */
export async function measurePassSize(options: CurvatureOptions): Promise<PassSize> {
  const { engine, model, operator = 'hessian', batchNorm = 'minibatch' } = options;
  const examples = checkExamples(options, options);
  const key = [
    engine.name,
    engine.precision,
    model.name,
    operator,
    batchNorm,
    examples,
    options.vectors,
    options.memory,
  ].join(' ');
  const known = remembered.get(key);
  if (known) return known;
  let best: { readonly size: PassSize; readonly time: number } | undefined;
  for (const size of candidates(options, examples)) {
    const time = await timeOf(options, size, examples);
    if (time !== null && time < (best?.time ?? Infinity)) best = { size, time };
  }
  // Nothing fits: the rule's size says why.
  const size = best?.size ?? (await fittingDefault(options));
  remembered.set(key, size);
  return size;
}

function candidates(options: CurvatureOptions, examples: number): PassSize[] {
  const entries = elementCount(selectParameters(options.model, options.block, 'block'));
  const start = choosePassSize(options, examples, { ...options, entries });
  const most = Math.min(maxVectors, options.vectors ?? maxVectors);
  const tied = options.microBatch !== undefined || tiesExamples(options);
  const sizes = factors.map((factor) =>
    tied
      ? { ...start, vectorsPerPass: within(start.vectorsPerPass * factor, most) }
      : { ...start, microBatch: within(start.microBatch * factor, examples) },
  );
  const seen = new Set<string>();
  return sizes.filter((size) => {
    const key = `${size.microBatch} ${size.vectorsPerPass}`;
    return !seen.has(key) && seen.add(key);
  });
}

function within(value: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(value)));
}

/** Milliseconds per example and vector; null when it does not fit the memory. */
async function timeOf(options: CurvatureOptions, size: PassSize, examples: number): Promise<number | null> {
  const { engine } = options;
  // A micro-batch for every lane; all examples where they are tied together, which is one micro-batch.
  const measured = size.microBatch * engine.lanes;
  const [first] = batchesOf(options, options, examples, measured, engine.precision);
  const inputs = first?.feeds['inputs']?.data ?? [];
  const targets = first?.feeds['targets']?.data ?? [];
  const others = (options.model.otherInputs ?? []).map(({ name }, position) => [
    name,
    first?.feeds[otherInputName(position)]?.data ?? [],
  ]);
  const otherInputs = Object.fromEntries(others) as Record<string, TensorData['data']>;
  try {
    const curvature = await createCurvature({ ...options, ...size, inputs, otherInputs, targets });
    try {
      const k = size.vectorsPerPass;
      const vectors = floatArray(engine.precision, k * curvature.dimension).fill(1);
      await curvature.apply(vectors, k);
      let least = Infinity;
      for (let repeat = 0; repeat < 2; repeat++) {
        const started = performance.now();
        await curvature.apply(vectors, k);
        least = Math.min(least, performance.now() - started);
      }
      return least / (k * (first?.examples ?? 1));
    } finally {
      await curvature.release();
    }
  } catch (error) {
    if (error instanceof EstimationError && error.code === 'TOO_LARGE') return null;
    throw error;
  }
}

async function fittingDefault(options: CurvatureOptions): Promise<PassSize> {
  const curvature = await createCurvature(options);
  await curvature.release();
  return curvature.passSize;
}
