/** Some of a model's parameters: a layer, a group of layers. */
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf } from '../graph/Node.ts';
import { elementCount, type Model, type NamedShape } from './Model.ts';

/** Names, or what says of a name whether it belongs. */
export type ParameterSelection = readonly string[] | ((name: string) => boolean);

/**
 * The selected parameters in the order of the model; all without a selection. Throws an EstimationError (BAD_OPTION) for a name
 * that the model does not have, and when nothing is selected.
 */
export function selectParameters(
  { name: model, parameters }: Model,
  selection: ParameterSelection | undefined,
  option: string,
): NamedShape[] {
  if (selection === undefined) return [...parameters];
  const names = parameters.map(({ name }) => name);
  const known = `${model} has ${names.join(', ')}`;
  if (typeof selection !== 'function') {
    const unknown = selection.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new EstimationError('BAD_OPTION', `${option}: "${unknown}" is not a parameter; ${known}.`);
    }
  }
  const chosen = parameters.filter(({ name }) =>
    typeof selection === 'function' ? selection(name) : selection.includes(name),
  );
  if (chosen.length === 0) throw new EstimationError('BAD_OPTION', `${option}: no parameter is selected; ${known}.`);
  return chosen;
}

/** The entries of the parameter vector that these parameters hold, one parameter after the other. */
export function selectEntries(model: Model, chosen: readonly NamedShape[], vector: ArrayLike<number>): Float64Array {
  const entries = new Float64Array(elementCount(chosen));
  const wanted = new Set(chosen);
  let from = 0;
  let to = 0;
  for (const parameter of model.parameters) {
    const size = sizeOf(parameter.shape);
    if (wanted.has(parameter)) for (let i = 0; i < size; i++) entries[to++] = vector[from + i] ?? 0;
    from += size;
  }
  return entries;
}
