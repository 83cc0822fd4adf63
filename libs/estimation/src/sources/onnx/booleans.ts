/** Which values of a file are booleans: in the graph they are floats of 0 and 1 like others. */
import { elementTypeOf } from './tensor.ts';
import type { OnnxNode } from './OnnxGraph.ts';

const comparing: ReadonlySet<string> = new Set([
  'And',
  'Equal',
  'Greater',
  'GreaterOrEqual',
  'IsInf',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'Not',
  'Or',
  'Xor',
]);

/** Operators whose results have the type of their first input. */
const passing: ReadonlySet<string> = new Set([
  'Concat',
  'Expand',
  'Flatten',
  'Gather',
  'GatherElements',
  'GatherND',
  'Identity',
  'Pad',
  'Reshape',
  'ScatterElements',
  'ScatterND',
  'Slice',
  'Split',
  'Squeeze',
  'Tile',
  'Transpose',
  'Trilu',
  'Unsqueeze',
]);

/** Whether the results of a node are booleans, given which of its inputs are. */
export function givesBooleans({ opType, attributes }: OnnxNode, isBoolean: (position: number) => boolean): boolean {
  if (comparing.has(opType)) return true;
  if (passing.has(opType)) return isBoolean(0);
  if (opType === 'Where' || opType === 'CastLike') return isBoolean(1);
  return opType === 'Cast' && elementTypeOf(Number(attributes.get('to'))) === 'bool';
}
