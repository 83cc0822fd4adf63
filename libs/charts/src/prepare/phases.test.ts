import { expect, it } from 'vitest';
import { namedPhases } from './phases.ts';

it('names the phases of a training, those after a drop by what it was', () => {
  const phases = namedPhases({
    step: [0, 10, 100, 1000],
    negativeMass: [0.4, 0.05, 0.05, 0.05],
    drops: [{ step: 500, before: 0.1, after: 0.01 }],
    lastStep: 1000,
  });
  expect(phases.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['Fast loss of negative curvature', 0, 10],
    ['Plateau', 10, 500],
    ['After η 0.1 → 0.01', 500, 1000],
  ]);
});
