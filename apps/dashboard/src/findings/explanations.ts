/** A first-time reader's explanation of each claim. */
import type { Finding } from '@ritz/charts';

export const explanations: Readonly<Record<Finding['claim']['id'], string>> = {
  F1: 'A negative eigenvalue is a direction of negative curvature. Random weights have large ones; if they vanish within the first steps, saddle points do not slow training down. Eigenvalues near 0 are flat directions.',
  F2: 'The largest eigenvalue limits the learning rate. If a few eigenvalues are far larger than the rest, they set the pace for every other direction. In the figure, right means a few dominant directions and up means slow training.',
  F3: 'Batch normalisation speeds up training. One possible reason: without it, a few eigenvalues dominate and the gradient lies in their directions, where steps must be small.',
  F4: 'Dropping the learning rate lowers the loss. One explanation is that small steps settle in sharper valleys, with larger eigenvalues; the claim is the opposite. Compare a run whose rate drops with the same run at a constant rate: until the drop they are one.',
  F5: 'Residual connections make deep networks trainable. If they narrow the spectrum, curvature is more uniform and one learning rate suits all directions.',
  F6: 'The same network with the same normalisation, but with statistics of the full training set instead of each mini-batch. If outliers return and training slows down, the mini-batch statistics suppress them, not normalisation itself.',
};
