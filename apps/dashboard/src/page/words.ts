/** The closed choices of the API as people read them. */
import type { CurvatureOperator, Precision, Preconditioner, ProbeLaw } from '@ritz/client';

export const operatorNames: Readonly<Record<CurvatureOperator, string>> = {
  HESSIAN: 'Hessian',
  GGN: 'Gauss–Newton',
  RESIDUAL: 'Residual H − G',
  FISHER: 'Empirical Fisher',
  GRADIENT_COVARIANCE: 'Gradient covariance',
};

export const preconditionerNames: Readonly<Record<Preconditioner, string>> = {
  NONE: 'none',
  ADAM: 'Adam',
  RMSPROP: 'RMSprop',
  ADAGRAD: 'Adagrad',
  CUSTOM: 'custom',
};

export const probeLawNames: Readonly<Record<ProbeLaw, string>> = {
  SPHERE: 'uniform on the sphere',
  RADEMACHER: 'Rademacher',
};

export const precisionNames: Readonly<Record<Precision, string>> = {
  FLOAT32: '32 bits',
  FLOAT64: '64 bits',
};
