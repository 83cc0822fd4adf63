/** Distances between several spectra, in an order that puts those that are alike beside each other. */
import { pooledMeasure, wasserstein1, type MeasuredSpectrum } from '@ritz/spectra';

export interface DistanceMatrix {
  /** Positions in the list given, in the order to show them. */
  readonly order: readonly number[];
  /** Wasserstein-1 distances in units of λ, by positions in the list given: symmetric, 0 on the diagonal. */
  readonly distance: readonly (readonly number[])[];
  readonly largest: number;
}

/**
 * The leaves of a dendrogram by average linkage (Sokal and Michener 1958), the closer ends of two clusters joined: a matrix in
 * this order shows groups as blocks.
 */
export function clusterOrder(distance: readonly (readonly number[])[]): number[] {
  let clusters = distance.map((_unused, index) => [index]);
  const between = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, i) => sum + b.reduce((inner, j) => inner + (distance[i]?.[j] ?? 0), 0), 0) / (a.length * b.length);
  const ends = (i: number | undefined, j: number | undefined): number => distance[i ?? 0]?.[j ?? 0] ?? 0;
  while (clusters.length > 1) {
    let best = { a: clusters[0] ?? [], b: clusters[1] ?? [], gap: Infinity };
    for (const [index, a] of clusters.entries()) {
      for (const b of clusters.slice(index + 1)) {
        const gap = between(a, b);
        if (gap < best.gap) best = { a, b, gap };
      }
    }
    const { a, b } = best;
    const joined = [
      [...a, ...b],
      [...a, ...b.toReversed()],
      [...a.toReversed(), ...b],
      [...a.toReversed(), ...b.toReversed()],
    ];
    const seams = [ends(a.at(-1), b[0]), ends(a.at(-1), b.at(-1)), ends(a[0], b[0]), ends(a[0], b.at(-1))];
    const next = joined[seams.indexOf(Math.min(...seams))] ?? [...a, ...b];
    clusters = [...clusters.filter((cluster) => cluster !== a && cluster !== b), next];
  }
  return clusters[0] ?? [];
}

export function distanceMatrix(spectra: readonly MeasuredSpectrum[]): DistanceMatrix {
  const measures = spectra.map((measured) => pooledMeasure(measured));
  const distance = measures.map(() => measures.map(() => 0));
  for (const [i, a] of measures.entries()) {
    for (const [offset, b] of measures.slice(i + 1).entries()) {
      const j = i + 1 + offset;
      const apart = wasserstein1(a, b);
      for (const [row, column] of [
        [i, j],
        [j, i],
      ] as const) {
        const values = distance[row];
        if (values) values[column] = apart;
      }
    }
  }
  return { order: clusterOrder(distance), distance, largest: Math.max(0, ...distance.flat()) };
}
