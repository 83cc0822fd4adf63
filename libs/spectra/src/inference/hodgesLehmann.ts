/** The Hodges–Lehmann centre of few values, which one wild value does not carry away. */

export interface Centre {
  readonly centre: number;
  /** Null where so few values reach no such confidence. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** How many subsets of the ranks 1 … n have each sum: the law of Wilcoxon's signed-rank statistic, times 2^n. */
function rankSums(count: number): number[] {
  let ways = [1];
  for (let rank = 1; rank <= count; rank++) {
    const next = [...ways, ...Array.from({ length: rank }, () => 0)];
    ways.forEach((way, sum) => (next[sum + rank] = (next[sum + rank] ?? 0) + way));
    ways = next;
  }
  return ways;
}

/** The largest c with P(W ≤ c − 1) ≤ tail: so many of the outermost Walsh averages are cut off on each side. */
function cutOff(count: number, tail: number): number {
  let left = tail * 2 ** count;
  const ways = rankSums(count);
  let cut = 0;
  while (cut < ways.length && left >= (ways[cut] ?? 0)) {
    left -= ways[cut] ?? 0;
    cut++;
  }
  return cut;
}

/**
 * The median of the averages of all pairs (each value with itself too), and the interval that inverts Wilcoxon's signed-rank test
 * exactly: of at least `confidence` for values from any symmetric law. Null without values. Source: Hodges and Lehmann, Ann. Math.
 * Stat. 34 (1963); Hollander and Wolfe, Nonparametric Statistical Methods (1999), §3.2 to §3.3.
 */
export function hodgesLehmann(values: readonly number[], confidence: number): Centre | null {
  const count = values.length;
  if (count === 0) return null;
  const averages = values.flatMap((a, i) => values.slice(i).map((b) => (a + b) / 2)).sort((a, b) => a - b);
  const at = (position: number): number => averages[position] ?? Number.NaN;
  const half = (averages.length - 1) / 2;
  const centre = (at(Math.floor(half)) + at(Math.ceil(half))) / 2;
  const cut = cutOff(count, (1 - confidence) / 2);
  return { centre, interval: cut < 1 ? null : [at(cut - 1), at(averages.length - cut)] };
}
