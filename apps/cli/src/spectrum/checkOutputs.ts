/** Checks that the outputs of a model look like what its loss expects. */
import { classAxisOf, evaluateOutputs, isClassLoss, sizeOf, type Engine, type Shape } from '@ritz/estimation';
import type { LoadedProblem } from './loadedProblem.ts';

/** Enough examples to tell: logits of several examples do not look like probabilities by chance. */
const lookedAt = 8;
const tolerance = 1e-3;

/** Returns warnings about the outputs of the first examples, each a sentence or two. Throws what the engine throws. */
export async function outputWarnings(engine: Engine, problem: LoadedProblem): Promise<string[]> {
  const { loss, trained, lossName } = problem;
  if (!isClassLoss(loss) && loss.kind !== 'binaryCrossEntropy') return [];
  const { data, shape } = await evaluateOutputs(
    engine,
    { ...trained, ...problem, batchNorm: problem.batchNorm ?? 'running' },
    lookedAt,
  );
  if (!isClassLoss(loss)) {
    const within = data.length > 1 && data.every((value) => value >= 0 && value <= 1);
    if (!within) return [];
    return [
      `All outputs lie between 0 and 1, as probabilities do, but --loss ${lossName} takes logits. If they are probabilities, export ` +
        'the model without its last sigmoid.',
    ];
  }
  const axis = classAxisOf(loss, shape.length);
  const isNll = loss.kind === 'negativeLogLikelihood';
  if (isNll && loss.outputs !== 'probabilities') {
    if (addUpToOne(data, shape, axis, Math.exp)) return [];
    return [
      'The outputs are not log-probabilities (their exponentials do not add up to 1), which --loss nll takes. For logits give ' +
        '--loss cross-entropy.',
    ];
  }
  const areProbabilities =
    data.every((value) => value >= -tolerance) && addUpToOne(data, shape, axis, (value) => value);
  if (areProbabilities === isNll) return [];
  if (isNll) return ['The outputs are not probabilities (they do not add up to 1), as --outputs probabilities says.'];
  return [
    `The outputs of each example add up to 1, as probabilities do, but --loss ${lossName} takes logits and adds a softmax of its own. ` +
      'If the loss takes their logarithm, give --outputs probabilities.',
  ];
}

function addUpToOne(data: ArrayLike<number>, shape: Shape, axis: number, of: (value: number) => number): boolean {
  const classes = shape[axis] ?? 1;
  const stride = sizeOf(shape.slice(axis + 1));
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / stride) % classes !== 0) continue;
    let sum = 0;
    for (let index = 0; index < classes; index++) sum += of(data[start + index * stride] ?? Number.NaN);
    if (!(Math.abs(sum - 1) <= tolerance)) return false;
  }
  return true;
}
