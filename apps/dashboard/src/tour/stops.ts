/** The cards of the tour: what the dashboard is for, in the order in which it is used. */

interface Stop {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly href: string; readonly name: string };
}

export const stops: readonly Stop[] = [
  {
    title: 'A tour of one minute',
    text: 'Ritz shows how the curvature of a loss changes while a network trains. This page lists what happened lately: sharpness that jumped, runs at the edge of stability, runs that diverged.',
  },
  {
    title: 'One run: its spectrum at every step',
    text: 'Open a run and move the step slider, or play it. Point at any figure: one cursor runs through all of them. Words with a dotted line explain themselves when pressed.',
  },
  {
    title: 'Many runs: sort, filter, group',
    text: 'Any statistic can be a column of the table of runs, and a condition such as lambda1 > 50 filters by it. Save what you see under Views for everybody who works with you.',
    link: { href: '/runs', name: 'Open the table of runs' },
  },
  {
    title: 'Compare up to 50 runs',
    text: 'Tick runs in the table and press Compare. Colour and split them by any setting in which they differ; seeds share a colour and become a median with its range.',
    link: { href: '/findings', name: 'See what your runs say about the claims of the paper' },
  },
];
