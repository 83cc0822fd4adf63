/** What an op's ONNX rule writes with: one call per ONNX node. Values are known by name. */
import type { Shape } from '../graph/Node.ts';

export type AttributeInput = number | string | readonly number[];

/** A value of the ONNX graph with its shape. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

export interface Emitter {
  /** float64, where the CPU provider lacks some ops. */
  readonly isDouble: boolean;
  /** WebGPU, whose kernels differ from the CPU's in places. */
  readonly isWebGpu: boolean;
  /** Channels in a block of ONNX Runtime's layout NCHWc; null where its kernels are not available. */
  readonly channelBlock: number | null;

  /** Adds an ONNX node with one output; returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes?: Readonly<Record<string, AttributeInput>>): string;
  /** Adds an ONNX node with two outputs; returns the name of the second. */
  secondOutput(opType: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeInput>>): string;

  /** Images [N, C, H, W] in the layout NCHWc. */
  intoBlocks(images: string): string;
  /** The inverse, for the result of a convolution with this many channels. */
  outOfBlocks(images: string, channels: number): string;
  /** A convolution of images in the layout NCHWc that returns such images [N, O, H', W'], `shape`. */
  blockedConvolution(
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeInput>>,
    shape: Shape,
  ): string;

  /** A number of the engine's float type. */
  scalar(value: number): string;
  /** Values of the engine's float type. */
  floats(values: readonly number[], shape?: Shape): string;
  /** int32 values, the type of labels and indices. */
  int32s(values: readonly number[], shape?: Shape): string;
  /** int64 values, the type of shapes and axes. */
  integers(values: readonly number[]): string;

  /** Casts a boolean or integer value to the engine's float type. */
  cast(name: string): string;
  /** Casts to the type of labels and indices. */
  castToInt32(name: string): string;
  castToFloat32(name: string): string;
  castToBoolean(name: string): string;
}
