/** Residual nets (He, Zhang, Ren and Sun, CVPR 2016) for CIFAR (depth 6 n + 2) and ImageNet (18, 50), with or without skips. */
import { maxPool2d, relu } from '@ritz/estimation';
import type { Architecture } from './Architecture.ts';
import { imageNet, requireOption, sequence, widened, type ImageNetOptions } from './imageNet.ts';
import type { Layer, Layers } from './Layers.ts';
import { basicBlock, bottleneckBlock, type BlockOptions } from './residualBlock.ts';

export interface ResnetOptions extends ImageNetOptions {
  /** Layers with weights: 6 n + 2 for CIFAR (8, 14, 20, 32, 56, …); 18 or 50 for ImageNet. */
  readonly depth: number;
  /** false: the same net without its skip connections. Default true. */
  readonly residual?: boolean;
}

interface Stage {
  readonly channels: number;
  readonly blocks: number;
  readonly stride: number;
}

const activation: Layer = (graph, x) => relu(graph, x);

/**
 * Of the last convolution of each branch: 1 / √L with L branches where there are skips and no batch norm, which bounds the
 * variance that the branches add up to (as in Zhang, Dauphin and Ma, ICLR 2019); else 1.
 */
function branchGain({ batchNorm = true, residual = true }: ResnetOptions, stages: readonly Stage[]): number {
  const branches = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  return residual && !batchNorm ? 1 / Math.sqrt(branches) : 1;
}

function stack(
  layers: Layers,
  from: number,
  stages: readonly Stage[],
  block: typeof basicBlock,
  common: Pick<BlockOptions, 'residual' | 'shortcut' | 'gain'>,
): { readonly features: Layer[]; readonly channels: number } {
  let channels = from;
  const features = stages.flatMap((stage, s) =>
    Array.from({ length: stage.blocks }, (_, b) => {
      const stride = b === 0 ? stage.stride : 1;
      const made = block(layers, `stage${s}.block${b}`, { ...common, from: channels, inner: stage.channels, stride });
      channels = made.channels;
      return made.layer;
    }),
  );
  return { features, channels };
}

function nameOf(kind: string, { depth, width = 1, residual = true }: ResnetOptions): string {
  return `${residual ? kind : `plain${kind.slice('resnet'.length)}`}-${depth}${width === 1 ? '' : `-w${width}`}`;
}

/** Three stages of 16, 32 and 64 channels for small images. Throws a TrainingError (BAD_OPTION). */
export function cifarResnet(options: ResnetOptions): Architecture {
  const { depth, width = 1, residual = true } = options;
  const blocks = (depth - 2) / 6;
  requireOption(Number.isInteger(blocks) && blocks >= 1, 'depth', '6 n + 2 (8, 14, 20, 32, 56, …)', depth);
  const stages = [16, 32, 64].map((channels, s) => ({
    channels: widened(channels, width),
    blocks,
    stride: s === 0 ? 1 : 2,
  }));
  return imageNet(nameOf('resnet', options), options, residual, (layers, inputChannels) => {
    const first = widened(16, width);
    const stem = layers.convolution('stem', { from: inputChannels, to: first, size: 3 });
    const gain = branchGain(options, stages);
    const { features, channels } = stack(layers, first, stages, basicBlock, { residual, shortcut: 'pad', gain });
    return { features: sequence([stem, activation, ...features]), channels };
  });
}

const imagenetBlocks: ReadonlyMap<number, readonly number[]> = new Map([
  [18, [2, 2, 2, 2]],
  [50, [3, 4, 6, 3]],
]);

/** Four stages behind a 7 × 7 stem, for images of 224 × 224 and 1000 classes unless said. Throws a TrainingError (BAD_OPTION). */
export function imagenetResnet(options: ResnetOptions): Architecture {
  const { depth, width = 1, residual = true, classes = 1000, inputShape = [3, 224, 224] } = options;
  const counts = imagenetBlocks.get(depth);
  requireOption(counts !== undefined, 'depth', [...imagenetBlocks.keys()].join(' or '), depth);
  const stages = (counts ?? []).map((blocks, s) => ({
    channels: widened(64 * 2 ** s, width),
    blocks,
    stride: s === 0 ? 1 : 2,
  }));
  const block = depth < 50 ? basicBlock : bottleneckBlock;
  const name = nameOf('resnet-imagenet', options);
  return imageNet(name, { ...options, classes, inputShape }, residual, (layers, inputChannels) => {
    const first = widened(64, width);
    const stem = layers.convolution('stem', { from: inputChannels, to: first, size: 7, stride: 2 });
    const gain = branchGain(options, stages);
    const { features, channels } = stack(layers, first, stages, block, { residual, shortcut: 'project', gain });
    const pooled: Layer = (graph, x) => maxPool2d(graph, x, 3, { stride: 2, padding: 1 });
    return { features: sequence([stem, activation, pooled, ...features]), channels };
  });
}
