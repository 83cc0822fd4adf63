/** Moves names beside the ends of their curves apart. */

export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** Each with the vertical position `at` of its name: `end` where there is room, `height` from the next, inside `extent`. */
export function apart<Named extends { readonly end: number }>(
  named: readonly Named[],
  { top, bottom }: Extent,
  height: number,
): (Named & { readonly at: number })[] {
  let next = top + height / 2;
  const downwards = [...named]
    .sort((a, b) => a.end - b.end)
    .map((one) => {
      const at = Math.max(next, one.end);
      next = at + height;
      return { ...one, at };
    });
  // What stands too low pushes those above it up.
  let lowest = bottom - height / 2;
  return downwards
    .toReversed()
    .map((one) => {
      const at = Math.min(one.at, lowest);
      lowest = at - height;
      return { ...one, at };
    })
    .toReversed();
}
