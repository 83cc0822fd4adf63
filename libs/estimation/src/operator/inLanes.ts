/** Work on several lanes at the same time. */

/** Which of the lanes an item is run on, by its position. */
export function laneOf(index: number, lanes: number): number {
  return index % lanes;
}

/**
 * Runs every item, item i on lane i modulo their number, one at a time on each, and takes the results in the order of the items: sums are the
 * same bits however many lanes there are. The first failure is thrown once nothing runs any more.
 */
export async function inLanes<Item, Lane, Result>(
  items: readonly Item[],
  lanes: readonly Lane[],
  run: (item: Item, lane: Lane) => Promise<Result>,
  take: (result: Result, item: Item) => void,
): Promise<void> {
  const running: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  try {
    for (const [index, item] of items.entries()) {
      const lane = lanes[laneOf(index, lanes.length)];
      if (lane === undefined) throw new RangeError('There are no lanes to run on.');
      // What ran on this lane before is taken while the next runs.
      const before = running.length === lanes.length ? running.shift() : undefined;
      const done = before && { item: before.item, result: await before.result };
      const result = run(item, lane);
      // A failure is met when its turn comes, not before.
      result.catch(() => undefined);
      running.push({ item, result });
      if (done) take(done.result, done.item);
    }
    for (let first = running.shift(); first; first = running.shift()) take(await first.result, first.item);
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
