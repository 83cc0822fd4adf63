/** A `tf.LayersModel` as a model: its layers' weights are the parameters. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node, Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import { outputShape } from '../../model/applyModel.ts';
import type { Model, NamedShape } from '../../model/Model.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { concatenated, type Ending, type RemovableActivation, type TrainedModel } from '../TrainedModel.ts';
import { asDeclared, channelsLast, type Flow } from './Flow.ts';
import { isModel, type Layer, type LayersModel, type LayersValue } from './LayersModel.ts';
import { describeLayer, LayerTranslation } from './LayerTranslation.ts';
import { layerRules } from './rules/rules.ts';
import { readWeights, type NamedWeight } from './weights.ts';

export interface LayersModelOptions {
  readonly name?: string;
  /** Shape of one example: needed where the model leaves lengths open, checked where it does not. */
  readonly inputShape?: Shape;
  readonly withoutFinal?: RemovableActivation;
}

interface Network {
  readonly input: LayersValue;
  readonly output: LayersValue;
}

/**
 * Weights of layers that are not trainable become buffers. Images are as in Keras, [N, H, W, C]. Throws an EstimationError:
 * UNSUPPORTED naming the layer, or the number of inputs and outputs; SHAPE for an input shape that does not fit.
 */
export async function readLayersModel(model: LayersModel, options: LayersModelOptions = {}): Promise<TrainedModel> {
  const network = networkOf(model);
  const layers = layersOf(network);
  checkLayers(layers);
  const weights = (await Promise.all(layers.map(readWeights))).flat();
  const learned = weights.filter((weight) => weight.learned);
  const buffers = weights.filter((weight) => !weight.learned);
  if (learned.length === 0) throw new EstimationError('UNSUPPORTED', `${model.name} has no trainable weights.`);
  const embeddings = layers.filter((layer) => takesIndices(layer, network));
  const isFinal = finalActivationOf(network.output) === options.withoutFinal && options.withoutFinal !== undefined;
  const read: Model = {
    name: options.name ?? model.name,
    parameters: learned.map(named),
    buffers: buffers.map(named),
    inputShape: resolveInputShape(network.input, options.inputShape),
    inputType: embeddings.length > 0 ? 'int' : 'float',
    forward: (graph, inputs, state) => build(network, graph, inputs, state, isFinal),
  };
  outputShape(read); // errors of a layer show here
  return {
    model: read,
    parameters: valuesOf(learned),
    buffers: valuesOf(buffers),
    batchNorm: layers.some((layer) => layer.getClassName() === 'BatchNormalization') ? 'running' : null,
    inputBound:
      embeddings.length === 0
        ? null
        : Math.min(...embeddings.map((layer) => layer.getWeights()[0]?.shape[0] ?? Infinity)),
    provenance: { constants: [], foldedNorms: [], warnings: [] },
    ending: endingOf(network),
    finalActivationRemoved: isFinal,
  };
}

function networkOf({ name, inputs, outputs }: LayersModel): Network {
  const [input] = inputs;
  const [output] = outputs;
  if (!input || !output || inputs.length > 1 || outputs.length > 1) {
    const given = `${inputs.length} inputs and ${outputs.length} outputs`;
    throw new EstimationError('UNSUPPORTED', `${name}: expected one input and one output, got ${given}.`);
  }
  return { input, output };
}

/** Every layer once, in the order in which the network comes to it; those of a model inside the model in its place. */
function layersOf({ output }: Network): Layer[] {
  const seen = new Set<LayersValue>();
  const layers = new Set<Layer>();
  const visit = (value: LayersValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    value.inputs.forEach(visit);
    const layer = value.sourceLayer;
    if (isModel(layer)) layersOf(networkOf(layer)).forEach((inner) => layers.add(inner));
    else if (layer.getClassName() !== 'InputLayer') layers.add(layer);
  };
  visit(output);
  return [...layers];
}

function checkLayers(layers: readonly Layer[]): void {
  const unknown = layers.filter((layer) => !(layer.getClassName() in layerRules)).map(describeLayer);
  if (unknown.length === 0) return;
  throw new EstimationError(
    'UNSUPPORTED',
    `The model has layers that cannot be differentiated here: ${unknown.join(', ')}.`,
  );
}

function named({ name, shape }: NamedWeight): NamedShape {
  return { name, shape };
}

function valuesOf(weights: readonly NamedWeight[]): Float64Array {
  return concatenated(weights.map(({ values }) => values));
}

function takesIndices(layer: Layer, { input, output }: Network): boolean {
  if (layer.getClassName() !== 'Embedding') return false;
  const uses = (value: LayersValue): boolean =>
    (value.sourceLayer === layer && value.inputs.includes(input)) || value.inputs.some(uses);
  return uses(output);
}

function resolveInputShape({ shape, sourceLayer }: LayersValue, given: Shape | undefined): Shape {
  const declared = shape.slice(1);
  const shown = `[${declared.map((length) => length ?? 'any').join(', ')}]`;
  if (given === undefined) {
    if (!declared.includes(null)) return declared.map((length) => length ?? 1);
    const input = describeLayer(sourceLayer);
    throw new EstimationError('SHAPE', `${input} takes examples of shape ${shown}: say which (inputShape).`);
  }
  const fits = given.length === declared.length && given.every((length, axis) => (declared[axis] ?? length) === length);
  if (fits) return given;
  throw new EstimationError(
    'SHAPE',
    `${describeLayer(sourceLayer)} takes examples of shape ${shown}, not ${showShape(given)}.`,
  );
}

/** The activation that the last layer is or ends with. */
function finalActivationOf({ sourceLayer }: LayersValue): string | undefined {
  if (isModel(sourceLayer)) return finalActivationOf(networkOf(sourceLayer).output);
  if (sourceLayer.getClassName() === 'Softmax') return 'softmax';
  const { activation } = sourceLayer.getConfig();
  return typeof activation === 'string' ? activation : undefined;
}

/** A softmax of Keras adds up over the last axis. */
function endingOf({ output }: Network): Ending | null {
  const activation = finalActivationOf(output);
  if (activation === 'softmax') return { activation, axis: output.shape.length - 1 };
  return activation === 'sigmoid' ? { activation, axis: null } : null;
}

/** Outputs [N, ...] as Keras would return them. */
function build(network: Network, graph: GraphBuilder, inputs: Node, state: ModelState, withoutFinal: boolean): Node {
  return channelsLast(graph, flowOf(network, asDeclared(inputs), { graph, state }, withoutFinal));
}

function flowOf(
  { input, output }: Network,
  fed: Flow,
  scope: { readonly graph: GraphBuilder; readonly state: ModelState },
  withoutFinal: boolean,
): Flow {
  const known = new Map<LayersValue, Flow>([[input, fed]]);
  const flow = (value: LayersValue): Flow => {
    const found = known.get(value) ?? make(value);
    known.set(value, found);
    return found;
  };
  const make = (value: LayersValue): Flow => {
    const { sourceLayer: layer } = value;
    const operands = value.inputs.map(flow);
    const isLast = withoutFinal && value === output;
    const [operand] = operands;
    if (isModel(layer) && operand) return flowOf(networkOf(layer), operand, scope, isLast);
    return translateLayer(new LayerTranslation(scope, layer, operands, isLast));
  };
  return flow(output);
}

function translateLayer(translation: LayerTranslation): Flow {
  const { layer } = translation;
  const rule = layerRules[layer.getClassName()];
  if (!rule) throw translation.failure('it cannot be differentiated here');
  try {
    return rule(translation);
  } catch (error) {
    if (!(error instanceof EstimationError) || error.message.startsWith(describeLayer(layer))) throw error;
    throw new EstimationError(error.code, `${describeLayer(layer)}: ${error.message}`, { cause: error });
  }
}
