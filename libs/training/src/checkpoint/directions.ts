/** Directions of a training as tensors of a checkpoint, for workers that measure its spectra. */
import type { TrainingDirections } from '../loop/topSpace.ts';
import type { Tensor } from './safetensors.ts';

type Tensors = Readonly<Record<string, Tensor>>;

const classPrefix = 'classMean.';

export function directionTensors({ miniBatchGradient, update, classMeans = [] }: TrainingDirections): Tensors {
  const vector = (data: ArrayLike<number>): Tensor => ({ shape: [data.length], data: Float64Array.from(data) });
  return {
    ...(miniBatchGradient && { miniBatchGradient: vector(miniBatchGradient) }),
    ...(update && { update: vector(update) }),
    ...Object.fromEntries(classMeans.map((mean, at) => [`${classPrefix}${at}`, vector(mean)])),
  };
}

/** Those that the checkpoint has: earlier versions wrote none. */
export function directionsOf(tensors: Tensors): TrainingDirections {
  const { miniBatchGradient, update } = tensors;
  const classMeans = Object.entries(tensors)
    .filter(([name]) => name.startsWith(classPrefix))
    .sort(([one], [two]) => Number(one.slice(classPrefix.length)) - Number(two.slice(classPrefix.length)))
    .map(([, { data }]) => data);
  return {
    ...(miniBatchGradient && { miniBatchGradient: miniBatchGradient.data }),
    ...(update && { update: update.data }),
    ...(classMeans.length > 0 && { classMeans }),
  };
}
