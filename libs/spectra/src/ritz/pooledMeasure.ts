/** The one measure that all probes estimate together: the mean of their atoms. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from './spectralMeasure.ts';

/** The mean of these measures as one list of atoms: nodes ascending, weights with sum 1. */
export function pool(measures: readonly Atoms[]): Atoms {
  const count = measures.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  let end = 0;
  for (const atoms of measures) {
    nodes.set(atoms.nodes, end);
    for (let i = 0; i < atoms.weights.length; i++) weights[end + i] = (atoms.weights[i] as number) / measures.length;
    end += atoms.nodes.length;
  }
  return ascending({ nodes, weights });
}

/** The same measure with its nodes in ascending order; the same object where they are. */
export function ascending(atoms: Atoms): Atoms {
  const { nodes, weights } = atoms;
  let sorted = true;
  for (let i = 1; i < nodes.length && sorted; i++) sorted = (nodes[i - 1] as number) <= (nodes[i] as number);
  if (sorted) return atoms;
  const order = Uint32Array.from(nodes.keys()).sort((i, j) => (nodes[i] as number) - (nodes[j] as number));
  const moved = (values: Float64Array): Float64Array => {
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = values[order[i] as number] as number;
    return out;
  };
  return { nodes: moved(nodes), weights: moved(weights) };
}

/** Throws a SpectrumError for a spectrum that is not valid. */
export function pooledMeasure(spectrum: MeasuredSpectrum, method: QuadratureMethod = 'variance-reduced'): Atoms {
  return pool(probeMeasures(spectrum, method));
}
