/** What is logged at steps, described once for every place where it is shown or sent. */
import type { StepMeasure } from '@ritz/records';

export const stepMeasureDescriptions: Readonly<Record<StepMeasure, string>> = {
  epoch: 'Passes over the training data so far.',
  trainLoss: 'Training loss, in nats for cross-entropy.',
  trainAccuracy: 'Training accuracy, 0 to 1.',
  testLoss: 'Test loss, in nats for cross-entropy.',
  testAccuracy: 'Test accuracy, 0 to 1.',
  learningRate: 'Learning rate of the update that follows.',
  gradientNorm: 'Euclidean norm of the gradient.',
  sharpness:
    'The largest Ritz value of the Hessian after a few Lanczos steps: at most lambda1, and nearly that where `sharpnessError` is small.',
  sharpnessError: 'The residual |H u - theta u| of the Ritz value theta in `sharpness`: an eigenvalue lies within it.',
  preconditionedSharpness:
    'The largest Ritz value of P^(-1/2) H P^(-1/2), with the P that the optimiser divides its next update by.',
  preconditionedSharpnessError: 'The residual of `preconditionedSharpness`: an eigenvalue lies within it.',
  gradientCurvature: 'g^T H g / |g|^2, the curvature along the gradient g of the loss that the Hessian is of.',
  updateCurvature: 'u^T H u / |u|^2, the curvature along the next update u of the parameters.',
};
