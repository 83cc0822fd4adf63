/** Heat-map colours: perceptually uniform and safe for colour-blind readers (matplotlib's viridis). */

type Colour = readonly [red: number, green: number, blue: number];

const anchors: readonly Colour[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];

/** `level` from 0 to 1; each channel from 0 to 255. */
export function heatColour(level: number): Colour {
  const place = Math.min(1, Math.max(0, level)) * (anchors.length - 1);
  const index = Math.min(anchors.length - 2, Math.floor(place));
  const share = place - index;
  const [from, to] = [anchors[index] ?? [0, 0, 0], anchors[index + 1] ?? [0, 0, 0]];
  const mix = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** Evenly spaced CSS colour stops for the legend. */
export function heatStops(): string[] {
  return anchors.map((colour) => `rgb(${colour.join(' ')})`);
}
