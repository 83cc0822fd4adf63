/**
 * The closed choices that people read under a name, each listed once with its name and what it means. The command, GraphQL, the
 * clients and the dashboard take words, names and meanings from here.
 */

export interface NamedWord {
  readonly name: string;
  /** The rest of a sentence that begins with the name and a colon; plain ASCII, as GraphQL descriptions are. */
  readonly meaning: string;
}

/** The symmetric matrix whose spectrum is measured. */
export const namedOperators = {
  hessian: {
    name: 'Hessian',
    meaning: 'H, the second derivatives of the loss with respect to the parameters.',
  },
  ggn: {
    name: 'Gauss–Newton',
    meaning: 'G, the generalised Gauss-Newton matrix J^T H_L J, positive semi-definite for a convex loss.',
  },
  residual: {
    name: 'Residual H − G',
    meaning: 'the Hessian minus the Gauss-Newton matrix, which is the curvature of the network weighted by the errors.',
  },
  fisher: {
    name: 'Empirical Fisher',
    meaning: "the mean of the outer products of the examples' gradients.",
  },
  'gradient-covariance': {
    name: 'Gradient covariance',
    meaning: 'the covariance of the gradients of the mini-batches.',
  },
} as const satisfies Readonly<Record<string, NamedWord>>;
export const curvatureOperators = wordsOf(namedOperators);
export type CurvatureOperator = (typeof curvatureOperators)[number];

/**
 * P, where the spectrum is that of P^(-1/2) A P^(-1/2) for an operator A: what an optimiser divides its steps by, or a diagonal
 * that was given.
 */
export const namedPreconditioners = {
  none: { name: 'none', meaning: 'the operator itself.' },
  adam: {
    name: 'Adam',
    meaning: 'the diagonal that Adam divides its steps by, the root of the corrected second moment plus epsilon.',
  },
  rmsprop: { name: 'RMSprop', meaning: 'the diagonal that RMSprop divides its steps by.' },
  adagrad: { name: 'Adagrad', meaning: 'the diagonal that Adagrad divides its steps by.' },
  custom: { name: 'custom', meaning: 'a diagonal that was given.' },
} as const satisfies Readonly<Record<string, NamedWord>>;
export const preconditioners = wordsOf(namedPreconditioners);
export type Preconditioner = (typeof preconditioners)[number];

/** The distribution of the random start vectors. */
export const namedProbeLaws = {
  sphere: { name: 'uniform on the sphere', meaning: 'a normalised Gaussian vector.' },
  rademacher: { name: 'Rademacher', meaning: 'independent signs, divided by the square root of the dimension.' },
} as const satisfies Readonly<Record<string, NamedWord>>;
export const probeLaws = wordsOf(namedProbeLaws);
export type ProbeLaw = (typeof probeLaws)[number];

/** The arithmetic of the matrix-vector products. */
export const namedPrecisions = {
  float32: { name: '32 bits', meaning: 'IEEE 754 single precision.' },
  float64: { name: '64 bits', meaning: 'IEEE 754 double precision.' },
} as const satisfies Readonly<Record<string, NamedWord>>;
export const precisions = wordsOf(namedPrecisions);
export type Precision = (typeof precisions)[number];

function wordsOf<Word extends string>(named: Readonly<Record<Word, NamedWord>>): readonly [Word, ...Word[]] {
  return Object.keys(named) as [Word, ...Word[]];
}
