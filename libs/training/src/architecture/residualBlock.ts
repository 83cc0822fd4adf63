/** The blocks of residual nets (He, Zhang, Ren and Sun, CVPR 2016), each with or without its skip connection. */
import { add, averagePool2d, pad, relu } from '@ritz/estimation';
import { sequence } from './imageNet.ts';
import type { Layer, Layers } from './Layers.ts';

export interface BlockOptions {
  readonly from: number;
  /** Channels of the block's inner convolutions. */
  readonly inner: number;
  readonly stride: number;
  /** false: the same convolutions, one after the other. */
  readonly residual: boolean;
  /**
   * How a skip changes the number of channels: `pad` adds zero channels and has no parameters (option A of the paper, CIFAR),
   * `project` is a 1 × 1 convolution (option B, ImageNet).
   */
  readonly shortcut: 'pad' | 'project';
  /** Of the initial weights of the last convolution of the branch. */
  readonly gain: number;
}

export interface Block {
  readonly layer: Layer;
  readonly channels: number;
}

const activation: Layer = (graph, x) => relu(graph, x);

/** Two 3 × 3 convolutions. */
export function basicBlock(layers: Layers, name: string, options: BlockOptions): Block {
  const { from, inner, stride, gain } = options;
  const branch = sequence([
    layers.convolution(`${name}.conv0`, { from, to: inner, size: 3, stride }),
    activation,
    layers.convolution(`${name}.conv1`, { from: inner, to: inner, size: 3, gain }),
  ]);
  return { layer: withSkip(layers, name, branch, inner, options), channels: inner };
}

/** 1 × 1, 3 × 3 (which has the stride) and 1 × 1 convolutions, the last to four times as many channels. */
export function bottleneckBlock(layers: Layers, name: string, options: BlockOptions): Block {
  const { from, inner, stride, gain } = options;
  const channels = 4 * inner;
  const branch = sequence([
    layers.convolution(`${name}.conv0`, { from, to: inner, size: 1 }),
    activation,
    layers.convolution(`${name}.conv1`, { from: inner, to: inner, size: 3, stride }),
    activation,
    layers.convolution(`${name}.conv2`, { from: inner, to: channels, size: 1, gain }),
  ]);
  return { layer: withSkip(layers, name, branch, channels, options), channels };
}

function withSkip(layers: Layers, name: string, branch: Layer, to: number, options: BlockOptions): Layer {
  if (!options.residual) return sequence([branch, activation]);
  const skip = shortcut(layers, name, to, options);
  return (graph, x, state) => relu(graph, add(graph, branch(graph, x, state), skip(graph, x, state)));
}

function shortcut(layers: Layers, name: string, to: number, options: BlockOptions): Layer {
  const { from, stride } = options;
  if (stride === 1 && from === to) return (_, x) => x;
  switch (options.shortcut) {
    case 'project':
      return layers.convolution(`${name}.shortcut`, { from, to, size: 1, stride });
    case 'pad':
      return padded(from, to, stride);
  }
}

/** Every `stride`-th line, with zeros for the channels that `from` lacks, half of them before. */
function padded(from: number, to: number, stride: number): Layer {
  const before = Math.floor((to - from) / 2);
  return (graph, x) => {
    const sampled = stride === 1 ? x : averagePool2d(graph, x, 1, { stride });
    return pad(graph, sampled, { before: [before, 0, 0], after: [to - from - before, 0, 0] });
  };
}
