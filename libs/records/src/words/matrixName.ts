/** What a measured matrix is called in messages. */
import type { CurvatureOperator, Preconditioner } from './namedWords.ts';

const prefixes: Readonly<Record<Preconditioner, string>> = {
  none: '',
  adam: 'Adam-preconditioned ',
  rmsprop: 'RMSprop-preconditioned ',
  adagrad: 'Adagrad-preconditioned ',
  custom: 'preconditioned ',
};

export interface MeasuredMatrix {
  readonly operator: CurvatureOperator;
  readonly preconditioner: Preconditioner;
}

/** Such as `Adam-preconditioned hessian`. */
export function matrixName({ operator, preconditioner }: MeasuredMatrix): string {
  return `${prefixes[preconditioner]}${operator}`;
}
