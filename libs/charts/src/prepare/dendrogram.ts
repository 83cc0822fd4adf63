/**
 * Agglomerative clustering by average linkage (Sokal and Michener 1958), with the leaf order and the tree to draw. Written by
 * hand: packages for it bring a matrix library into the browser and do not order the leaves.
 */

/** A branch in units of leaves across and of distance upwards. */
interface Branch {
  readonly left: number;
  readonly right: number;
  /** Heights of the two branches it joins. */
  readonly leftFrom: number;
  readonly rightFrom: number;
  /** Their average distance. */
  readonly height: number;
}

export interface Dendrogram {
  /** Leaf order: clusters are joined at their closer ends. */
  readonly order: readonly number[];
  readonly branches: readonly Branch[];
}

interface Cluster {
  readonly leaves: readonly number[];
  readonly height: number;
  readonly joins: readonly [Cluster, Cluster] | null;
}

type Distances = readonly (readonly number[])[];

function average(distance: Distances, a: Cluster, b: Cluster): number {
  const sum = a.leaves.reduce(
    (outer, i) => outer + b.leaves.reduce((inner, j) => inner + (distance[i]?.[j] ?? 0), 0),
    0,
  );
  return sum / (a.leaves.length * b.leaves.length);
}

function join(distance: Distances, a: Cluster, b: Cluster, height: number): Cluster {
  const ends = (i: number | undefined, j: number | undefined): number => distance[i ?? 0]?.[j ?? 0] ?? 0;
  const [from, to] = [a.leaves, b.leaves];
  const joined = [
    [...from, ...to],
    [...from, ...to.toReversed()],
    [...from.toReversed(), ...to],
    [...from.toReversed(), ...to.toReversed()],
  ];
  const seams = [
    ends(from.at(-1), to[0]),
    ends(from.at(-1), to.at(-1)),
    ends(from[0], to[0]),
    ends(from[0], to.at(-1)),
  ];
  return { leaves: joined[seams.indexOf(Math.min(...seams))] ?? [...from, ...to], height, joins: [a, b] };
}

/** `distance` is symmetric with 0 on the diagonal. An empty matrix gives an empty result. */
export function dendrogram(distance: Distances): Dendrogram {
  let clusters: Cluster[] = distance.map((_unused, leaf) => ({ leaves: [leaf], height: 0, joins: null }));
  const made: Cluster[] = [];
  while (clusters.length > 1) {
    let best: { readonly a: Cluster; readonly b: Cluster; readonly gap: number } | null = null;
    for (const [index, a] of clusters.entries()) {
      for (const b of clusters.slice(index + 1)) {
        const gap = average(distance, a, b);
        if (best === null || gap < best.gap) best = { a, b, gap };
      }
    }
    if (!best) break;
    const { a, b, gap } = best;
    const next = join(distance, a, b, gap);
    made.push(next);
    clusters = [...clusters.filter((cluster) => cluster !== a && cluster !== b), next];
  }
  const order = clusters[0]?.leaves ?? [];
  const centre = (cluster: Cluster): number =>
    cluster.joins ? (centre(cluster.joins[0]) + centre(cluster.joins[1])) / 2 : order.indexOf(cluster.leaves[0] ?? 0);
  const branches = made.flatMap(({ joins, height }): Branch[] => {
    if (!joins) return [];
    const [left, right] = [...joins].sort((a, b) => centre(a) - centre(b)) as [Cluster, Cluster];
    return [{ left: centre(left), right: centre(right), leftFrom: left.height, rightFrom: right.height, height }];
  });
  return { order, branches };
}
