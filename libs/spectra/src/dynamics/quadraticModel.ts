/**
 * The noisy quadratic model: gradient descent on ½ Σ λ_i x_i² with a random gradient error in every eigen-direction. Its expected
 * loss is known in closed form for each eigenvalue (Schaul, Zhang and LeCun, No More Pesky Learning Rates, ICML 2013; Wu, Ren,
 * Liao and Grosse, Understanding Short-Horizon Bias, ICLR 2018; Zhang et al., Which Algorithmic Choices Matter at Which Batch
 * Sizes?, NeurIPS 2019).
 */

/** (1 − ρ^t) / (1 − ρ) = 1 + ρ + … + ρ^(t−1) for ρ = (1 − ηλ)², without cancellation where ηλ is small. */
export function geometricSum(rateTimesLambda: number, steps: number): number {
  const rest = rateTimesLambda * (2 - rateTimesLambda); // 1 − ρ
  if (steps === 0) return 0;
  if (Math.abs(rest) * steps < 1e-14) return steps;
  return -Math.expm1(steps * logOfContraction(rateTimesLambda)) / rest;
}

/** ρ^t for ρ = (1 − ηλ)². */
function contraction(rateTimesLambda: number, steps: number): number {
  return steps === 0 ? 1 : Math.exp(steps * logOfContraction(rateTimesLambda));
}

function logOfContraction(x: number): number {
  return x < 1 ? 2 * Math.log1p(-x) : 2 * Math.log(x - 1);
}

export interface Direction {
  readonly lambda: number;
  /** E x² at the start. */
  readonly initialVariance: number;
  /** Variance of the gradient's error along this direction. */
  readonly gradientVariance: number;
}

/** E ½ λ x_t² after t steps at rate η: ½ λ (ρ^t E x_0² + η² c (1 − ρ^t) / (1 − ρ)). */
export function expectedLoss(
  { lambda, initialVariance, gradientVariance }: Direction,
  rate: number,
  steps: number,
): number {
  const x = rate * lambda;
  const kept = initialVariance === 0 ? 0 : initialVariance * contraction(x, steps);
  const added = gradientVariance === 0 ? 0 : rate * rate * gradientVariance * geometricSum(x, steps);
  return lambda === 0 ? 0 : 0.5 * lambda * (kept + added);
}

/** What the loss falls by in t noise-free steps along a direction with squared gradient g²: g² (1 − ρ^t) / (2λ). */
export function lossDecrease(squaredGradient: number, lambda: number, rate: number, steps: number): number {
  const x = rate * lambda;
  return squaredGradient === 0 ? 0 : squaredGradient * rate * (1 - x / 2) * geometricSum(x, steps);
}
