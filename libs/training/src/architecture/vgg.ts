/**
 * VGG-11 (Simonyan and Zisserman, ICLR 2015, configuration A) for small images: its eight convolutions, and one linear
 * classifier on the mean over the pixels in place of the three layers made for 224 × 224 images.
 */
import { maxPool2d, relu } from '@ritz/estimation';
import type { Architecture } from './Architecture.ts';
import { imageNet, sequence, widened, type ImageNetOptions } from './imageNet.ts';
import type { Layer } from './Layers.ts';

/** Channels of the convolutions, by block; every block ends in a 2 × 2 max pool. */
const blocks = [[64], [128], [256, 256], [512, 512], [512, 512]];

const activation: Layer = (graph, x) => relu(graph, x);
/** Images of one pixel are as small as they get. */
const halved: Layer = (graph, x) => (Math.min(...x.shape.slice(2)) > 1 ? maxPool2d(graph, x, 2) : x);

/** Throws a TrainingError (BAD_OPTION). */
export function vgg11(options: ImageNetOptions = {}): Architecture {
  const { width = 1 } = options;
  const name = width === 1 ? 'vgg-11' : `vgg-11-w${width}`;
  return imageNet(name, options, false, (layers, inputChannels) => {
    let channels = inputChannels;
    const features = blocks.flatMap((block, b) => [
      ...block.flatMap((count, c) => {
        const to = widened(count, width);
        const convolution = layers.convolution(`block${b}.conv${c}`, { from: channels, to, size: 3 });
        channels = to;
        return [convolution, activation];
      }),
      halved,
    ]);
    return { features: sequence(features), channels };
  });
}
