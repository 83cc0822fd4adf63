/** Modules in the names of nodes, as PyTorch's TorchScript exporter writes them: `/encoder/layers.0/linear1/MatMul`. */
import type { OnnxNode } from '../OnnxGraph.ts';

/** `encoder.layers.0.linear1`; empty for the outermost module. A child of a Sequential repeats the name of its parent. */
export function scopeOf({ name }: OnnxNode): string {
  const parts = name.split('/').slice(1, -1);
  return parts.filter((part, position) => !parts[position + 1]?.startsWith(`${part}.`)).join('.');
}

/** Without the number of a repeated call: the second call of `layer` is called `layer_1`. */
export function moduleOf(scope: string, isModule: (scope: string) => boolean): string {
  const first = scope.replace(/_\d+(?=\.|$)/g, '');
  return first !== scope && !isModule(scope) ? first : scope;
}
