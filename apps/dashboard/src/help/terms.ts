/** What the symbols and words of the figures mean: in a sentence, as a formula, and where it comes from. */

export interface Term {
  readonly name: string;
  readonly meaning: string;
  readonly formula?: string;
  readonly reference?: string;
}

const slq =
  'Ghorbani, Krishnan and Xiao (2019), An Investigation into Neural Net Optimization via Hessian Eigenvalue Density.';
const quadrature = 'Golub and Meurant (2010), Matrices, Moments and Quadrature with Applications.';
const bounds = 'Parlett (1998), The Symmetric Eigenvalue Problem, section 4.5.';
const edgeOfStability =
  'Cohen et al. (2021), Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability.';
const outliers =
  'Sagun, Bottou and LeCun (2016), Eigenvalues of the Hessian in Deep Learning; Papyan (2019), Measurements of Three-Level Hierarchical Structure in the Outliers in the Spectrum of Deepnet Hessians.';
const tinySubspace = 'Gur-Ari, Roberts and Dyer (2018), Gradient Descent Happens in a Tiny Subspace.';

export const terms = {
  density: {
    name: 'Spectral density, ρ(λ)',
    meaning:
      'The share of the eigenvalues per unit of λ, smoothed with a kernel of width σ. The band is a 95 % confidence interval over the random probes (Student’s t).',
    formula: 'ρ(λ) = 1/n Σᵢ K_σ(λ − λᵢ)',
    reference: slq,
  },
  rug: {
    name: 'Ticks under the density',
    meaning: 'Single eigenvalues that stand apart from the bulk, each resolved by its residual bound.',
    formula: '|λ − θ| ≤ ‖Hy − θy‖',
    reference: bounds,
  },
  estimator: {
    name: 'Estimator',
    meaning:
      'Stochastic Lanczos quadrature. “Variance-reduced” gives every resolved eigenvalue its exact weight 1/n, so that only the bulk depends on the random probes.',
    formula: 'ρ̂(λ) = 1/k Σ_v Σⱼ wⱼ⁽ᵛ⁾ K_σ(λ − θⱼ⁽ᵛ⁾)',
    reference: `${slq} ${quadrature}`,
  },
  lanczosSteps: {
    name: 'Lanczos steps, m',
    meaning:
      'Products with the matrix for each probe; a probe gives at most m Ritz values and exact moments up to order 2m − 1.',
    reference: quadrature,
  },
  probes: {
    name: 'Probes, k',
    meaning: 'Random start vectors. The error of the bulk falls as 1/√k, and also as the number of parameters grows.',
    reference: slq,
  },
  sigma: {
    name: 'Smoothing, σ',
    meaning:
      'Standard deviation of the kernel in units of λ. “Auto” is 1/200 of the range of the spectrum. The paper’s σ² is divided by max(1, range).',
    formula: 'σ_paper² = σ² / max(1, λmax − λmin)',
    reference: slq,
  },
  seed: {
    name: 'Seed',
    meaning: 'Seed of the random probes: the same seed, data and parameters give the same tridiagonals.',
  },
  lambda1: {
    name: 'Largest eigenvalue, λ₁',
    meaning:
      'Sharpness: the curvature of the loss along its most curved direction. The error is the residual bound of its Ritz value, or rounding where that is larger.',
    formula: 'λ₁ = max over ‖v‖ = 1 of vᵀHv',
    reference: bounds,
  },
  lambdaK: {
    name: 'K-th largest eigenvalue, λK',
    meaning: 'K is the number of classes: trained classifiers have about K outliers, of which this is the smallest.',
    reference: outliers,
  },
  ratio: {
    name: 'Spread of the outliers, λ₁ / λK',
    meaning: 'How unequal the outliers are; large values mean ill-conditioned directions.',
    reference: slq,
  },
  outlierCount: {
    name: 'Outliers',
    meaning: 'Eigenvalues that are resolved singly and lie beyond the edge of the bulk.',
    reference: outliers,
  },
  bulkEdge: { name: 'Bulk edge', meaning: 'The largest eigenvalue that is not an outlier.' },
  lambdaMin: {
    name: 'Smallest eigenvalue, λmin',
    meaning: 'The most negative curvature; it tends to 0 early in training.',
    reference: slq,
  },
  negativeMass: {
    name: 'Negative mass',
    meaning: 'The share of the eigenvalues below 0. Error bars are 95 % confidence intervals over the probes.',
    formula: '∫ ρ(λ) dλ over λ < 0',
    reference: slq,
  },
  stability: {
    name: 'Stability limit, 2/η',
    meaning:
      'Plain gradient descent with learning rate η is stable while λ₁ stays below 2/η; momentum and mini-batches move the limit.',
    formula: '|1 − ηλ₁| ≤ 1 ⇔ λ₁ ≤ 2/η',
    reference: edgeOfStability,
  },
  evolution: {
    name: 'Evolution of the density',
    meaning:
      'One column for each measured step. With automatic smoothing the kernel is as wide everywhere on the axis (σ = 1/130 of it), so that the picture shows the data and not the kernel; the axis is arsinh(λ / s): linear near 0, a decade per equal distance beyond.',
    formula: 't = arsinh(λ / s) / ln 10',
  },
  overlap: {
    name: 'Gradient overlap',
    meaning:
      'The share of the gradient’s energy in the span of the K leading eigenvectors. At 1 the gradient lies in it entirely.',
    formula: '‖P_K g‖² / ‖g‖²',
    reference: tinySubspace,
  },
  energy: {
    name: 'Gradient energy',
    meaning:
      'The cumulative share of ‖g‖² along eigenvectors with eigenvalues up to λ: training moves where the curve climbs. The faint curve is the share of all eigenvalues.',
    formula: 'Σ over λᵢ ≤ λ of (gᵀuᵢ)² / ‖g‖²',
    reference: tinySubspace,
  },
  wasserstein: {
    name: 'Wasserstein-1 distance',
    meaning:
      'How far the mass of one spectrum must move, on average, to become the other; in units of λ, independent of smoothing.',
    formula: 'W₁ = ∫ |F(λ) − G(λ)| dλ',
    reference: 'Villani (2009), Optimal Transport: Old and New.',
  },
  l1: {
    name: 'L1 distance',
    meaning: 'Of the smoothed densities: 0 where they are equal, 2 where they do not overlap.',
    formula: '∫ |p(λ) − q(λ)| dλ',
  },
  jensenShannon: {
    name: 'Jensen–Shannon distance',
    meaning: 'Of the smoothed densities: 0 where they are equal, 1 where they do not overlap.',
    formula: '√(½ KL(p ‖ m) + ½ KL(q ‖ m)), m = (p + q) / 2, base 2',
    reference: 'Endres and Schindelin (2003), A New Metric for Probability Distributions.',
  },
  schedule: {
    name: 'Learning rate, η',
    meaning: 'The grey strip at the bottom is the learning rate of each step, linear from 0.',
  },
  marks: {
    name: 'Marks on the step axis',
    meaning:
      'Steps with a measured spectrum. The dashed line is the step shown; a click goes to the nearest measured one.',
  },
} as const satisfies Readonly<Record<string, Term>>;

export type TermName = keyof typeof terms;
