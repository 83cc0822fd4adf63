/** How the space of the largest eigenvalues turns along a training: a matrix of steps by steps. */
import { builder } from '../builder.ts';
import { isOfSeries, seriesArguments, seriesOf } from '../spectrum/series.ts';
import { Run } from '../types/refs.ts';

interface TopSpaceOverlapsShape {
  /** Ascending. */
  readonly steps: readonly number[];
  /** Recorded of any of them, ascending. */
  readonly counts: readonly number[];
  /** By K, then by step and step. */
  readonly overlaps: ReadonlyMap<number, readonly (readonly (number | null)[])[]>;
}

const TopSpaceOverlaps = builder.objectRef<TopSpaceOverlapsShape>('TopSpaceOverlaps').implement({
  description: 'Overlaps of the spaces of the leading Ritz vectors between the measured steps of a run.',
  fields: (t) => ({
    steps: t.field({
      type: ['Int'],
      description: 'Numbers of the measured steps, ascending.',
      resolve: ({ steps }) => [...steps],
    }),
    counts: t.field({
      type: ['Int'],
      description: 'Every K of which overlaps were recorded, ascending.',
      resolve: ({ counts }) => [...counts],
    }),
    overlap: t.field({
      type: t.listRef(t.listRef('Float', { nullable: true })),
      description:
        '|V_t^T V_s|_F^2 / K, 0 to 1, with a row for each of `steps` and in it an entry for each of `steps`: symmetric, 1 on the ' +
        'diagonal, null where it was not recorded.',
      args: {
        k: t.arg.int({ description: 'K, the number of leading Ritz vectors; the largest of `counts` unless given.' }),
      },
      resolve: ({ steps, counts, overlaps }, { k }) => {
        const found = overlaps.get(k ?? counts.at(-1) ?? 0);
        return found ? found.map((row) => [...row]) : steps.map(() => steps.map(() => null));
      },
    }),
  }),
});

builder.objectField(Run, 'topSpaceOverlaps', (t) =>
  t.field({
    type: TopSpaceOverlaps,
    description:
      'How the space of the largest eigenvalues of one operator, block and preconditioner turns along the training.',
    args: seriesArguments(t.arg),
    complexity: { field: 20, multiplier: 1 },
    resolve: async ({ id }, asked, { loaders }) => {
      const spectra = (await loaders.shownSpectraOfRun.load(id)).filter((one) => isOfSeries(one, seriesOf(asked)));
      const sorted = [...spectra].sort((one, two) => one.stepNumber - two.stepNumber);
      const steps = sorted.map(({ stepNumber }) => stepNumber);
      const spaces = await Promise.all(sorted.map((one) => loaders.spaceOfSpectrum.load(one.id)));
      const recorded = spaces.flatMap((space, at) =>
        (space?.spaceOverlaps ?? []).flatMap(({ step, k, overlap }) => {
          const other = steps.indexOf(step);
          return other < 0 ? [] : [{ at, other, k, overlap }];
        }),
      );
      const known = spaces.map((space) => space !== null);
      const counts = [...new Set(recorded.map(({ k }) => k))].sort((a, b) => a - b);
      return { steps, counts, overlaps: new Map(counts.map((k) => [k, matrixOf(known, k, recorded)])) };
    },
  }),
);

interface RecordedOverlap {
  /** Positions of the two steps. */
  readonly at: number;
  readonly other: number;
  readonly k: number;
  readonly overlap: number;
}

/** `known`: whether a space was recorded, by step. */
function matrixOf(known: readonly boolean[], k: number, recorded: readonly RecordedOverlap[]): (number | null)[][] {
  const matrix = known.map((isKnown, i) => known.map((_, j): number | null => (i === j && isKnown ? 1 : null)));
  for (const { at, other, k: ofK, overlap } of recorded) {
    if (ofK !== k) continue;
    (matrix[at] ?? [])[other] = overlap;
    (matrix[other] ?? [])[at] = overlap;
  }
  return matrix;
}
