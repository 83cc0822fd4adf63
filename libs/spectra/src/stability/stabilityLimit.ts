/**
 * The largest eigenvalue at which the updates of an optimiser are stable on a quadratic, with its own full-batch gradient. Along an
 * eigenvector of eigenvalue a an update is a linear recurrence of one or two terms; the limit is the a at which a root of its
 * characteristic polynomial leaves the unit circle at −1. Mini-batches make the true limit smaller and are not counted in.
 *
 * Sources: gradient descent, heavy ball and Nesterov: Cohen, Kaur, Li, Kolter and Talwalkar (ICLR 2021, arXiv 2103.00065), §2 and
 * appendix B. Adam with P frozen: Cohen et al. (arXiv 2207.14484), §2 and appendix: (2 + 2 β1)/((1 − β1) η), 38/η for β1 = 0.9.
 * Weight decay, dampening and the bias correction follow from the same recurrences. SAM: Long and Bartlett (arXiv 2309.12488).
 */
import type { UpdateRule } from './UpdateRule.ts';

/** P of the matrix P^(-1/2) H P^(-1/2) that a limit is of; `none`: the Hessian itself. */
export type LimitedMatrix = 'none' | 'adam' | 'rmsprop' | 'adagrad';

interface LimitPoint {
  /** η of the update, greater than 0. */
  readonly rate: number;
  /** Updates made before it. */
  readonly step: number;
  /** ‖g‖, which only the limit of SAM depends on. */
  readonly gradientNorm: number | null;
}

export interface StabilityLimit {
  readonly matrix: LimitedMatrix;
  /** In η, with the numbers of the rule. */
  readonly formula: string;
  /** At one update; null where a number that it needs was not recorded, or is not positive. */
  at(point: LimitPoint): number | null;
}

/** Why an update rule has no limit that a recorded eigenvalue can be compared with. */
export interface NoLimit {
  readonly reason: string;
}

export function stabilityLimit(rule: UpdateRule): StabilityLimit | NoLimit {
  switch (rule.kind) {
    case 'sgd':
      return ofSgd(rule);
    case 'sam':
      return ofSam(rule);
    case 'adam':
      return ofAdam(rule);
    case 'rmsprop':
      return ofScaled('rmsprop', rule, rule.momentum);
    case 'adagrad':
      return ofScaled('adagrad', rule, 0);
  }
}

type Rule<Kind extends UpdateRule['kind']> = Extract<UpdateRule, { kind: Kind }>;

/** From the rate alone; the limit of H where the loss has H + λ I. */
function limited(matrix: LimitedMatrix, formula: string, of: (rate: number, step: number) => number): StabilityLimit {
  return { matrix, formula, at: ({ rate, step }) => (rate > 0 ? positive(of(rate, step)) : null) };
}

function positive(limit: number): number | null {
  return Number.isFinite(limit) && limit > 0 ? limit : null;
}

function less(weightDecay: number): string {
  return weightDecay > 0 ? ` − ${weightDecay}` : '';
}

/**
 * Heavy ball: x″ = (1 + μ − η(1 − d)(a + λ)) x′ − μ x, stable for a + λ < (2 + 2μ)/((1 − d) η). Nesterov:
 * x″ = (1 + μ)(1 − η(a + λ)) x′ − μ(1 − η(a + λ)) x, stable for a + λ < (2 + 2μ)/((1 + 2μ) η).
 */
function ofSgd({ momentum, nesterov, dampening, weightDecay }: Rule<'sgd'>): StabilityLimit | NoLimit {
  if (nesterov && dampening > 0) return { reason: 'Nesterov momentum with dampening is not a known update rule.' };
  const numerator = momentum > 0 ? `(2 + 2·${momentum})` : '2';
  if (nesterov && momentum > 0) {
    const formula = `${numerator}/((1 + 2·${momentum}) η)${less(weightDecay)}`;
    return limited('none', formula, (rate) => (2 + 2 * momentum) / ((1 + 2 * momentum) * rate) - weightDecay);
  }
  // The first update of PyTorch's momentum is not dampened; from the second on it is.
  const share = momentum > 0 ? 1 - dampening : 1;
  const denominator = share === 1 ? 'η' : `(${share} η)`;
  const formula = `${numerator}/${denominator}${less(weightDecay)}`;
  return limited('none', formula, (rate) => (2 + 2 * momentum) / (share * rate) - weightDecay);
}

/** The perturbation makes a + ρ a²/‖g‖ out of a: the limit is where that reaches the limit of the update beneath. */
function ofSam({ rho, momentum, weightDecay }: Rule<'sam'>): StabilityLimit {
  const plain = `L = ${momentum > 0 ? `(2 + 2·${momentum})` : '2'}/η${less(weightDecay)}`;
  return {
    matrix: 'none',
    formula: `‖g‖/(2·${rho}) (√(1 + 4·${rho} L/‖g‖) − 1), ${plain}`,
    at: ({ rate, gradientNorm }) => {
      if (!(rate > 0)) return null;
      const below = (2 + 2 * momentum) / rate - weightDecay;
      if (rho === 0) return positive(below);
      if (gradientNorm === null || !(gradientNorm > 0)) return null;
      const scale = gradientNorm / (2 * rho);
      return positive(scale * (Math.sqrt(1 + (2 * below) / scale) - 1));
    },
  };
}

/**
 * With c = 1 − η λ where weight decay is decoupled, else 1, and b = 1 − β1^t of the bias correction:
 * x″ = (c + β1 − η(1 − β1) a/b) x′ − β1 c x, stable for a < (1 + c)(1 + β1) b/((1 − β1) η).
 */
function ofAdam({ beta1, weightDecay, decoupled }: Rule<'adam'>): StabilityLimit | NoLimit {
  if (weightDecay > 0 && !decoupled) return otherMatrix('adam');
  const factor = (1 + beta1) / (1 - beta1);
  const corrected = beta1 > 0 ? ` (1 − ${beta1}^t)` : '';
  const formula = `(2/η${less(weightDecay)}) (1 + ${beta1})/(1 − ${beta1})${corrected}`;
  return limited(
    'adam',
    formula,
    (rate, step) => (2 / rate - weightDecay) * factor * (beta1 > 0 ? 1 - beta1 ** (step + 1) : 1),
  );
}

function ofScaled(
  matrix: Exclude<LimitedMatrix, 'none' | 'adam'>,
  { weightDecay }: Rule<'rmsprop' | 'adagrad'>,
  momentum: number,
): StabilityLimit | NoLimit {
  if (weightDecay > 0) return otherMatrix(matrix);
  const formula = momentum > 0 ? `(2 + 2·${momentum})/η` : '2/η';
  return limited(matrix, formula, (rate) => (2 + 2 * momentum) / rate);
}

function otherMatrix(matrix: LimitedMatrix): NoLimit {
  return {
    reason:
      `Weight decay inside the gradient of ${matrix} makes the limit one of P^(-1/2) (H + λ I) P^(-1/2), whose largest eigenvalue is ` +
      'not recorded. Decouple it (AdamW) or train without it.',
  };
}
