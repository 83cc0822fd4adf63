/** One layer on its way onto our graph: its inputs, settings and weights, and errors that name it. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { ModelState } from '../../model/ModelState.ts';
import type { Flow } from './Flow.ts';
import type { Layer } from './LayersModel.ts';
import { weightName } from './weights.ts';

export type LayerRule = (layer: LayerTranslation) => Flow;
export type LayerRules = Readonly<Record<string, LayerRule>>;

/** `Conv2D "block1_conv1"`: how messages name a layer. */
export function describeLayer(layer: Layer): string {
  return `${layer.getClassName()} "${layer.name}"`;
}

export class LayerTranslation {
  readonly graph: GraphBuilder;
  readonly state: ModelState;
  readonly layer: Layer;
  readonly inputs: readonly Flow[];
  /** Leave off the activation of the layer: it belongs to the loss. */
  readonly withoutActivation: boolean;
  private readonly config: Readonly<Record<string, unknown>>;

  constructor(
    scope: { readonly graph: GraphBuilder; readonly state: ModelState },
    layer: Layer,
    inputs: readonly Flow[],
    withoutActivation: boolean,
  ) {
    this.graph = scope.graph;
    this.state = scope.state;
    this.layer = layer;
    this.inputs = inputs;
    this.withoutActivation = withoutActivation;
    this.config = layer.getConfig();
  }

  get input(): Flow {
    const [first] = this.inputs;
    if (!first) throw this.failure('it has no input');
    return first;
  }

  number(name: string, fallback: number): number {
    const value = this.config[name];
    return typeof value === 'number' ? value : fallback;
  }

  /** A number, or a list of them; null when it is not there. */
  numbers(name: string): readonly number[] | null {
    const value = this.config[name];
    if (typeof value === 'number') return [value];
    return Array.isArray(value) && value.every((entry) => typeof entry === 'number') ? value : null;
  }

  /** Rows and columns, from one number or two. */
  pair(name: string, fallback: number): readonly [number, number] {
    const [rows = fallback, columns = rows] = this.numbers(name) ?? [];
    return [rows, columns];
  }

  text(name: string, fallback: string): string {
    const value = this.config[name];
    return typeof value === 'string' ? value : fallback;
  }

  setting(name: string): unknown {
    return this.config[name];
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.config[name];
    return typeof value === 'boolean' ? value : fallback;
  }

  /** A weight of the layer by its name in Keras, `kernel`; that of a frozen layer is not differentiated. */
  weight(name: string): Node {
    const full = weightName(this.layer, name);
    return this.layer.trainable ? this.state.parameter(full) : this.state.buffer(full);
  }

  failure(why: string): EstimationError {
    return new EstimationError('UNSUPPORTED', `${describeLayer(this.layer)}: ${why}.`);
  }
}
