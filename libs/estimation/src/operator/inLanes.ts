/** Work on several lanes at the same time. */

/** Which of the lanes an item is run on, by its position. */
export function laneOf(index: number, lanes: number): number {
  return index % lanes;
}

/** Runs every item, item i on lane i modulo their number, one at a time on each. The first failure is thrown once nothing runs any more. */
export async function inLanes<Item, Lane>(
  items: readonly Item[],
  lanes: readonly Lane[],
  run: (item: Item, lane: Lane, position: number) => Promise<void>,
): Promise<void> {
  const running: Promise<void>[] = [];
  try {
    for (const [position, item] of items.entries()) {
      const lane = lanes[laneOf(position, lanes.length)];
      if (lane === undefined) throw new RangeError('There are no lanes to run on.');
      if (running.length === lanes.length) await running.shift();
      const result = run(item, lane, position);
      // A failure is met when its turn comes, not before.
      result.catch(() => undefined);
      running.push(result);
    }
    for (let first = running.shift(); first; first = running.shift()) await first;
  } finally {
    await Promise.allSettled(running);
  }
}
