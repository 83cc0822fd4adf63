/** The one measure that all probes estimate together: the mean of their atoms. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from './spectralMeasure.ts';

/** The mean of these measures as one list of atoms: nodes ascending, weights with sum 1. */
export function pool(measures: readonly Atoms[]): Atoms {
  const nodes = Float64Array.from(measures.flatMap((atoms) => Array.from(atoms.nodes)));
  const weights = Float64Array.from(measures.flatMap((atoms) => Array.from(atoms.weights, (w) => w / measures.length)));
  const order = Array.from(nodes.keys()).sort((i, j) => (nodes[i] as number) - (nodes[j] as number));
  return {
    nodes: Float64Array.from(order, (i) => nodes[i] as number),
    weights: Float64Array.from(order, (i) => weights[i] as number),
  };
}

/** Throws a SpectrumError for a spectrum that is not valid. */
export function pooledMeasure(spectrum: MeasuredSpectrum, method: QuadratureMethod = 'variance-reduced'): Atoms {
  return pool(probeMeasures(spectrum, method));
}
