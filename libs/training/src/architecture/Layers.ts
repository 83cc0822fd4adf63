/** The layers that image nets are made of: each declares its parameters when it is made, and is a function of the input. */
import {
  add,
  batchNorm,
  conv2d,
  matmul,
  type GraphBuilder,
  type ModelState,
  type NamedShape,
  type Node,
  type Padding,
} from '@ritz/estimation';
import type { Initialisation } from './Architecture.ts';

export type Layer = (graph: GraphBuilder, x: Node, state: ModelState) => Node;

export interface Convolution {
  readonly from: number;
  readonly to: number;
  /** Rows and columns of the kernel. */
  readonly size: number;
  readonly stride?: number;
  readonly padding?: Padding;
  /** Of the initial weights; see Initialisation. */
  readonly gain?: number;
}

/** Collects what the layers of one net declare, in the order in which they are made. */
export class Layers {
  readonly parameters: NamedShape[] = [];
  readonly buffers: NamedShape[] = [];
  readonly initialisation: Record<string, Initialisation> = {};
  private readonly normalise: boolean;

  constructor({ batchNorm: normalise }: { readonly batchNorm: boolean }) {
    this.normalise = normalise;
  }

  /** Convolution and batch norm where the net has it (without bias, which the norm would cancel), else a bias. */
  convolution(name: string, { from, to, size, stride = 1, padding = (size - 1) / 2, gain = 1 }: Convolution): Layer {
    const weight = this.parameter(`${name}.weight`, [to, from, size, size], {
      kind: 'he',
      fanIn: from * size * size,
      gain,
    });
    if (this.normalise) {
      const normalised = this.norm(`${name}.norm`, to);
      return (graph, x, state) =>
        normalised(graph, conv2d(graph, x, state.parameter(weight), { stride, padding }), state);
    }
    const bias = this.parameter(`${name}.bias`, [to], { kind: 'constant', value: 0 });
    return (graph, x, state) =>
      conv2d(graph, x, state.parameter(weight), { stride, padding, bias: state.parameter(bias) });
  }

  /** x [N, from] → [N, to]. */
  dense(name: string, from: number, to: number): Layer {
    const weight = this.parameter(`${name}.weight`, [from, to], { kind: 'he', fanIn: from });
    const bias = this.parameter(`${name}.bias`, [to], { kind: 'constant', value: 0 });
    return (graph, x, state) => add(graph, matmul(graph, x, state.parameter(weight)), state.parameter(bias));
  }

  private norm(name: string, channels: number): Layer {
    const names = {
      scale: this.parameter(`${name}.scale`, [channels], { kind: 'constant', value: 1 }),
      shift: this.parameter(`${name}.shift`, [channels], { kind: 'constant', value: 0 }),
      mean: this.buffer(`${name}.mean`, [channels], 0),
      variance: this.buffer(`${name}.variance`, [channels], 1),
    };
    return (graph, x, state) => batchNorm(graph, x, state, names);
  }

  private parameter(name: string, shape: readonly number[], start: Initialisation): string {
    this.parameters.push({ name, shape });
    this.initialisation[name] = start;
    return name;
  }

  private buffer(name: string, shape: readonly number[], value: number): string {
    this.buffers.push({ name, shape });
    this.initialisation[name] = { kind: 'constant', value };
    return name;
  }
}
