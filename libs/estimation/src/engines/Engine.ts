/** What every engine offers: compile a graph, run it. Engines differ in nothing else. */
import type { FloatArray, Precision } from '@ritz/lanczos';
import type { Graph, Shape } from '../graph/Node.ts';
import type { FlatRun } from './FlatPass.ts';

/** A dense array, row-major. */
export interface TensorData {
  readonly shape: Shape;
  readonly data: FloatArray | Int32Array;
}

export type Tensors = Readonly<Record<string, TensorData>>;

export type EngineName =
  'onnx-cpu' | 'onnx-webgpu' | 'onnx-cuda' | 'tfjs-node-gpu' | 'tfjs-node' | 'tfjs-webgpu' | 'tfjs-wasm';

export interface Engine {
  readonly name: EngineName;
  readonly precision: Precision;
  /**
   * `constants` are feeds that never change: a program compiled for them is faster where the engine can lay weights out once or
   * compute with them beforehand.
   */
  compile(graph: Graph, constants?: Tensors): Promise<Program>;
  /** Whether residuals are memory of the program that computed them, which must then be released after they are. */
  readonly ownsResiduals: boolean;
  /** How many programs it can run at the same time, its threads dealt out to them. */
  readonly lanes: number;
  /**
   * That many engines (1…`lanes`) whose programs run at the same time; one is this engine itself, with all threads. Closed with it.
   * Micro-batches on a thread each are faster than one at a time on all threads, which wait for each other at every node.
   */
  split(lanes: number): readonly Engine[];
  /** Frees everything the engine holds; runs still under way are rejected. */
  close(): Promise<void>;
}

export interface Program {
  /**
   * Runs on new feeds. A bound feed need not be fed again. Throws an EstimationError: SHAPE for a feed that is
   * missing or of the wrong size, ENGINE_FAILED when the engine stops.
   */
  run(feeds: Tensors): Promise<Tensors>;
  /**
   * Runs on the vectors of a pass, everything else bound, and adds its outputs to the sums of the pass once those of the runs before it
   * are. Throws an EstimationError: ENGINE_FAILED when the engine stops.
   */
  runFlat(run: FlatRun): Promise<void>;
  /** Binds these feeds for all later runs, in device memory where the engine can. */
  bind(feeds: Tensors): Promise<void>;
  /** Runs and binds the outputs as feeds of `target` (a program of the same engine) without copying them to the host. */
  computeResiduals(target: Program, feeds: Tensors): Promise<void>;
  /** The same compiled graph with bound feeds of its own; it is released separately. */
  share(): Promise<Program>;
  release(): Promise<void>;
}
