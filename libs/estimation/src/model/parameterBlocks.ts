/** Named groups of a model's parameters, such as its layers. */
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf } from '../graph/Node.ts';
import type { Model, NamedShape } from './Model.ts';

/**
 * `layers`: the parameters that share their name up to its last dot, `tensors`: every parameter alone, or patterns by the names of their
 * blocks, in which an asterisk stands for any text.
 */
export type BlockSelection = 'layers' | 'tensors' | Readonly<Record<string, string | readonly string[]>>;

export interface ParameterBlock {
  readonly name: string;
  /** In the order of the model. */
  readonly parameters: readonly NamedShape[];
}

/**
 * The blocks of a model by their first parameters, whatever the order of the patterns: they share no parameter, and not every parameter need be in one. Throws an EstimationError (BAD_OPTION) for a pattern
 * that matches nothing, and for two blocks with a parameter in common.
 */
export function parameterBlocks({ name: model, parameters }: Model, selection: BlockSelection): ParameterBlock[] {
  if (selection === 'tensors')
    return parameters.map((parameter) => ({ name: parameter.name, parameters: [parameter] }));
  if (selection === 'layers') {
    const layers = new Map<string, NamedShape[]>();
    for (const parameter of parameters) {
      const layer = layerOf(parameter.name);
      layers.set(layer, [...(layers.get(layer) ?? []), parameter]);
    }
    return [...layers].map(([name, some]) => ({ name, parameters: some }));
  }
  const known = `${model} has ${parameters.map(({ name }) => name).join(', ')}`;
  const blocks = Object.entries(selection).map(([name, patterns]): ParameterBlock => {
    if (name.trim() === '' || name === 'all') {
      throw new EstimationError(
        'BAD_OPTION',
        `blocks: expected the name of a group of parameters, got ${JSON.stringify(name)}.`,
      );
    }
    const chosen = new Set(
      (typeof patterns === 'string' ? [patterns] : patterns).flatMap((pattern) => {
        const found = parameters.filter((parameter) => matcherOf(pattern).test(parameter.name));
        if (found.length > 0) return found;
        throw new EstimationError(
          'BAD_OPTION',
          `blocks.${name}: expected a pattern of parameters, got "${pattern}", which matches none; ${known}.`,
        );
      }),
    );
    if (chosen.size === 0)
      throw new EstimationError('BAD_OPTION', `blocks.${name}: expected at least one pattern, got none.`);
    return { name, parameters: parameters.filter((parameter) => chosen.has(parameter)) };
  });
  if (blocks.length === 0) throw new EstimationError('BAD_OPTION', 'blocks: expected at least one block, got none.');
  requireDisjoint(blocks);
  const placeOf = ({ parameters: [first] }: ParameterBlock): number => (first ? parameters.indexOf(first) : -1);
  return blocks.sort((one, two) => placeOf(one) - placeOf(two));
}

/** Pairs of a start and a length, in order. */
export type Spans = readonly (readonly [start: number, length: number])[];

/** Where the entries of a block are in the vector of these parameters, one after the other. */
export function blockSpans(parameters: readonly NamedShape[], block: ParameterBlock): Spans {
  const chosen = new Set(block.parameters);
  const spans: [number, number][] = [];
  let start = 0;
  for (const parameter of parameters) {
    const length = sizeOf(parameter.shape);
    if (chosen.has(parameter)) spans.push([start, length]);
    start += length;
  }
  return spans;
}

function layerOf(name: string): string {
  const end = name.lastIndexOf('.');
  return end > 0 ? name.slice(0, end) : name;
}

function matcherOf(pattern: string): RegExp {
  const escaped = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}

function requireDisjoint(blocks: readonly ParameterBlock[]): void {
  const owners = new Map<NamedShape, string>();
  for (const { name, parameters } of blocks) {
    for (const parameter of parameters) {
      const other = owners.get(parameter);
      if (other !== undefined) {
        throw new EstimationError(
          'BAD_OPTION',
          `blocks: expected blocks without a parameter in common, got "${parameter.name}" in ${other} and ${name}. Narrow one of their patterns.`,
        );
      }
      owners.set(parameter, name);
    }
  }
}
