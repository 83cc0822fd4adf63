/** What each claim says to somebody who meets it for the first time, and why one would care. */
import type { Finding } from '@ritz/charts';

export const EXPLANATIONS: Readonly<Record<Finding['claim']['id'], string>> = {
  F1: 'A negative eigenvalue is a direction in which the loss curves downwards. At random weights there are large ones; if they vanish within the first steps, saddle points do not hold training up. Eigenvalues near 0 are directions along which nothing changes.',
  F2: 'The largest eigenvalue limits the learning rate: steps along it must be small. If a few eigenvalues stand far above the rest, everything else has to move at their pace. Far right in the picture means few dominating directions, high up means slow training.',
  F3: 'Batch normalisation is known to speed training up; this is a reason why it might: without it a few eigenvalues dominate and the gradient lies in their directions, where steps must be small; with it they do not.',
  F4: 'A drop of the learning rate makes the loss fall. One account has it that small steps settle in sharper valleys, with larger eigenvalues; the claim is the opposite. Look at the curve just before and just after each drop.',
  F5: 'Residual connections (skips) let deep networks train. If they narrow the spectrum, all directions curve more alike and one learning rate suits them all.',
  F6: 'The same network and the same normalisation, but with statistics of all the training data instead of each mini-batch. If outliers come back and training slows down, it is the mini-batch statistics that suppress them, not normalising as such.',
};
