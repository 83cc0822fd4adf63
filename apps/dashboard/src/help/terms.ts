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
  topSpace: {
    name: 'Overlap of the top spaces',
    meaning:
      'How much of the span of the K leading eigenvectors at one step lies in that at another: 1 where they are the same space, K/n where they have nothing to do with each other.',
    formula: '‖V_tᵀ V_s‖²_F / K',
    reference: tinySubspace,
  },
  ritzVector: {
    name: 'Eigenvectors in numbers',
    meaning:
      'Of each leading eigenvector u: the share of the gradient and of the update along it, its share in the span of the class means of the gradients, Σ u⁴ (1/n where it is spread evenly over n parameters, 1 on a single one), and the block that holds most of it.',
    formula: '(uᵀg)² / ‖g‖², Σᵢ uᵢ⁴, Σ over b of uᵢ²',
    reference: outliers,
  },
  blocks: {
    name: 'Blocks',
    meaning:
      'Diagonal blocks of the matrix, each of the parameters of one layer, tensor or named group. Jensen–Shannon distances of their densities tell heterogeneous networks from homogeneous ones.',
    formula: 'H_bb = ∂²L / ∂θ_b ∂θ_b',
    reference: 'Zhang et al. (2024), Why Transformers Need Adam: A Hessian Perspective.',
  },
  trace: {
    name: 'Trace',
    meaning:
      'The sum of the eigenvalues, with its standard error over the probes. Per parameter it is the mean of the eigenvalues. The traces of G and R add up to that of H.',
    formula: 'tr H = Σᵢ λᵢ',
    reference: 'Hutchinson (1990), A Stochastic Estimator of the Trace of the Influence Matrix.',
  },
  effectiveRank: {
    name: 'Effective rank',
    meaning: 'How many eigenvalues the spectrum effectively has.',
    formula: 'exp(−Σᵢ pᵢ ln pᵢ), pᵢ = |λᵢ| / Σⱼ |λⱼ|',
    reference: 'Roy and Vetterli (2007), The Effective Rank: A Measure of Effective Dimensionality.',
  },
  operators: {
    name: 'Curvature operators',
    meaning:
      'H is the Hessian of the loss. For a loss ℓ of the outputs z, H = G + R: the Gauss–Newton matrix G, which is positive semidefinite where ℓ is convex in z, and the residual R. The empirical Fisher matrix is the mean of the outer products of per-example gradients; the gradient covariance is that of mini-batches.',
    formula: 'G = Jᵀ (∂²ℓ/∂z²) J, R = Σ (∂ℓ/∂z) ∂²z/∂θ²',
    reference: 'Schraudolph (2002), Fast Curvature Matrix-Vector Products for Second-Order Gradient Descent.',
  },
  grid: {
    name: 'Grid',
    meaning:
      'The number of points at which the density is computed, and their distance in units of λ. The grid is refined to σ/3, up to 10,000 points; where σ is narrower than twice the distance, each point is the mean over its cell, and the figure says so.',
  },
  convergence: {
    name: 'Convergence check',
    meaning:
      'The first m/2 rows of each tridiagonal are a measurement of half the steps. The share of the eigenvalues that the second half moves is compared with what other probes would move: if it is larger, more steps would still change this density.',
    formula: '½ ∫ |ρ_m − ρ_{m/2}| dλ ≤ ½ ∫ (half the width of the band) dλ',
    reference: quadrature,
  },
  phases: {
    name: 'Phases of the training',
    meaning:
      'Fast loss of negative curvature: until the negative mass has lost nine tenths of its fall for good, if the fall is at least 2 % of the eigenvalues and three standard errors, and a later spectrum shows that it stays. Plateau: from there to the first rate drop. Each rate drop begins another phase.',
    formula: 'ν(t) ≤ min ν + 0.1 (ν(0) − min ν) from t on',
  },
  stepKeys: {
    name: 'Keys of the step slider',
    meaning:
      'While it has the focus: ← and → for the steps, Home and End, the space bar to play, [ and ] to begin and end the range that is played at this step, = to keep this step behind the others, Escape to show all again. Dragging across a figure over the steps plays that range.',
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
    meaning:
      'The share of the eigenvalues below −ε, with ε = 10⁻⁴ of the largest |λ|, within which none is told from 0. Error bars are 95 % confidence intervals over the probes.',
    formula: '∫ ρ(λ) dλ over λ < −ε',
    reference: slq,
  },
  stability: {
    name: 'Stability limit',
    meaning:
      'The largest eigenvalue at which full-batch updates of the optimiser are stable on a quadratic: 2/η of gradient descent, (2 + 2β)/η with momentum β, and of Adam for the preconditioned Hessian, about 38/η. Weight decay is counted in; mini-batches make the true limit smaller.',
    formula: '|1 − ηλ₁| ≤ 1 ⇔ λ₁ ≤ 2/η',
    reference: edgeOfStability,
  },
  momentumStability: {
    name: 'Stability limit with momentum, 2(1 + β)/η',
    meaning:
      'Of gradient descent with heavy-ball momentum β. Mini-batches lower it; adaptive optimisers have a limit of their preconditioned Hessian instead.',
    formula: 'λ₁ ≤ 2(1 + β)/η',
    reference: edgeOfStability,
  },
  edge: {
    name: 'Edge of stability',
    meaning:
      'λ₁ as a share of the optimiser’s limit: 1 is the edge. Full-batch training tends to raise it to 1 and to stay there. On the edge means within the tolerance of 1, here 10 %.',
    formula: 'λ₁ / limit, for gradient descent ηλ₁ / 2',
    reference: edgeOfStability,
  },
  catapult: {
    name: 'Catapults',
    meaning: 'Bursts of the loss from which training returns with a smaller λ₁: it was thrown out of a sharp valley.',
    reference: 'Lewkowycz et al. (2020), The Large Learning Rate Phase of Deep Learning: the Catapult Mechanism.',
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
