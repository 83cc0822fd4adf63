/** Batch norm that an exporter folded into the layer before it: its scale and shift are gone, and the network's Hessian with them. */
import { describeNode, type OnnxGraph, type OnnxNode } from '../OnnxGraph.ts';
import { listOf } from './Judgement.ts';
import { scopeOf } from './scopes.ts';

const layers: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose']);

/** Names that fusing tools give to what they made. */
const fused = /fused_bn|bn_fold|foldedbn|convbnfusion|batchnorm.*fold/i;

/** Layers that hold a batch norm, by names: weight and bias were both computed by the exporter, or are called after the fusion. */
export function foldedNorms({ nodes, initialisers }: OnnxGraph): OnnxNode[] {
  return nodes.filter(({ opType, inputs }) => {
    const stored = inputs.slice(1, 3).filter((name) => initialisers.has(name));
    const isComputed = stored.length === 2 && stored.every((name) => name.startsWith('onnx::'));
    return (layers.has(opType) && isComputed) || stored.some((name) => fused.test(name));
  });
}

export function layerName(node: OnnxNode): string {
  const scope = scopeOf(node);
  return scope === '' ? describeNode(node) : scope;
}

/** None or one sentence. */
export function foldedNormWarning(layersWithNorm: readonly string[]): string[] {
  if (layersWithNorm.length === 0) return [];
  return [
    `The exporter folded batch norm into the layers before it (${listOf(layersWithNorm)}). Its scale and shift are not in the file: the ` +
      'parameters taken are the folded ones, and the matrix is not that of the network that was trained. Export it with ' +
      'ritz.export_onnx, or with training=torch.onnx.TrainingMode.PRESERVE and do_constant_folding=False (dynamo=False).',
  ];
}
