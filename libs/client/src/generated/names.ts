/** Generated from schema.graphql by `npm run generate`. Do not edit. */
import type { CurvatureOperator, Precision, Preconditioner, ProbeLaw } from './graphql.ts';

export const curvatureOperatorNames: Readonly<Record<CurvatureOperator, string>> = {
  FISHER: "Empirical Fisher",
  GGN: "Gauss–Newton",
  GRADIENT_COVARIANCE: "Gradient covariance",
  HESSIAN: "Hessian",
  RESIDUAL: "Residual H − G",
};

export const precisionNames: Readonly<Record<Precision, string>> = {
  FLOAT32: "32 bits",
  FLOAT64: "64 bits",
};

export const preconditionerNames: Readonly<Record<Preconditioner, string>> = {
  ADAGRAD: "Adagrad",
  ADAM: "Adam",
  CUSTOM: "custom",
  NONE: "none",
  RMSPROP: "RMSprop",
};

export const probeLawNames: Readonly<Record<ProbeLaw, string>> = {
  RADEMACHER: "Rademacher",
  SPHERE: "uniform on the sphere",
};
