/** What all nets for images share: their options, the checks of them, and how layers become an architecture. */
import { globalAveragePool2d, reshape } from '@ritz/estimation';
import { TrainingError } from '../error/TrainingError.ts';
import type { Architecture } from './Architecture.ts';
import { Layers, type Layer } from './Layers.ts';

export interface ImageNetOptions {
  /** Multiplies the number of channels of every layer, rounded up to at least one. Default 1. */
  readonly width?: number;
  /** Default true. */
  readonly batchNorm?: boolean;
  /** Default 10. */
  readonly classes?: number;
  /** Channels, rows and columns of an image. Default [3, 32, 32]. */
  readonly inputShape?: readonly [number, number, number];
}

export function requireOption(holds: boolean, name: string, expected: string, got: unknown): void {
  if (!holds) throw new TrainingError('BAD_OPTION', `${name}: expected ${expected}, got ${String(got)}.`);
}

/** Channels of a layer at a width. Throws a TrainingError (BAD_OPTION) unless the width is greater than 0. */
export function widened(channels: number, width = 1): number {
  requireOption(width > 0 && Number.isFinite(width), 'width', 'a number greater than 0', width);
  return Math.ceil(channels * width);
}

/** `build` makes the layers up to the last images, of so many channels; their mean over the pixels goes to the classifier. */
export function imageNet(
  name: string,
  { batchNorm = true, classes = 10, inputShape = [3, 32, 32] }: ImageNetOptions,
  residual: boolean,
  build: (layers: Layers, inputChannels: number) => { readonly features: Layer; readonly channels: number },
): Architecture {
  requireOption(Number.isInteger(classes) && classes > 1, 'classes', 'an integer of at least 2', classes);
  const layers = new Layers({ batchNorm });
  const { features, channels } = build(layers, inputShape[0]);
  const classifier = layers.dense('classifier', channels, classes);
  const { parameters, buffers, initialisation } = layers;
  return {
    name: batchNorm ? `${name}-bn` : name,
    parameters,
    buffers,
    initialisation,
    inputShape,
    inputType: 'float',
    classes,
    batchNorm,
    normalisation: batchNorm ? 'batch' : 'none',
    residual,
    forward: (graph, inputs, state) => {
      const pooled = globalAveragePool2d(graph, features(graph, inputs, state));
      return classifier(graph, reshape(graph, pooled, [-1, channels]), state);
    },
  };
}

/** One after the other. */
export function sequence(layers: readonly Layer[]): Layer {
  return (graph, x, state) => layers.reduce((value, layer) => layer(graph, value, state), x);
}
