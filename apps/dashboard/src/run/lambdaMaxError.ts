/** The error of λ₁ as it is shown. */
import type { SpectrumFacts } from '@ritz/charts';

/** Relative floor of the error: products are rounded to single precision or better. */
const rounding = 2 ** -23;

/** Its residual bound, or rounding where that is larger; null without residuals. */
export function lambdaMaxError({ lambdaMax, lambdaMaxResidual }: SpectrumFacts): number | null {
  return lambdaMaxResidual === null ? null : Math.max(lambdaMaxResidual, rounding * Math.abs(lambdaMax));
}
