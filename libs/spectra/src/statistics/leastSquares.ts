/** The straight line that fits points best. */

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Least squares of y on x; NaN where the points do not differ in x. */
export function leastSquares(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const along = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const slope = along / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return { slope, intercept: y - slope * x };
}
