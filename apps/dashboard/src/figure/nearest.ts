/** The measured step nearest to a given one on a logarithmic axis. */
export function nearestStep(steps: readonly number[], wanted: number | null): number | null {
  const last = steps.at(-1) ?? null;
  if (wanted === null) return last;
  const distance = (step: number): number => Math.abs(Math.log1p(step) - Math.log1p(Math.max(0, wanted)));
  return steps.reduce((best: number | null, step) => {
    return best === null || distance(step) < distance(best) ? step : best;
  }, null);
}
