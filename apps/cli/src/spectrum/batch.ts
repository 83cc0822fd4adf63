/** How many examples are computed at once where they depend on each other, and what the user should know of it. */
import { mixesExamples, type Engine } from '@ritz/estimation';
import type { LoadedProblem } from './loadedProblem.ts';
import type { SpectrumOptions } from './options.ts';
import { CliError } from '../terminal/cliError.ts';

/** Statistics of the batch, or the network itself: a mean over the batch, attention between examples. */
type Tie = 'statistics' | 'network';

const ties = new WeakMap<LoadedProblem, Promise<Tie | null>>();

async function findTie(engine: Engine, problem: LoadedProblem): Promise<Tie | null> {
  const { batchNorm, trained } = problem;
  if (batchNorm === 'minibatch') return 'statistics';
  return (await mixesExamples(engine, { ...trained, ...problem, batchNorm: 'running' })) ? 'network' : null;
}

/** What ties the examples of a batch together, computed once for a problem. Throws what the engine throws. */
function tieOf(engine: Engine, problem: LoadedProblem): Promise<Tie | null> {
  const known = ties.get(problem);
  if (known) return known;
  const found = findTie(engine, problem);
  ties.set(problem, found);
  return found;
}

/** Examples of a batch: never cut where they are tied together unless the user says so; undefined leaves the choice. */
export async function batchOf(
  engine: Engine,
  problem: LoadedProblem,
  { batch }: Pick<SpectrumOptions, 'batch'>,
): Promise<number | undefined> {
  if (batch !== undefined) return batch;
  return (await tieOf(engine, problem)) === null ? undefined : problem.examples;
}

/** Throws a CliError where the examples have no gradients of their own. */
export async function requireUntied(
  engine: Engine,
  problem: LoadedProblem,
  { operator }: Pick<SpectrumOptions, 'operator'>,
): Promise<void> {
  if ((await tieOf(engine, problem)) === null) return;
  throw new CliError(
    `--operator: expected a network whose examples do not depend on each other for ${operator}, got one that mixes them. Use ` +
      'gradient-covariance.',
  );
}

/** What a tie between examples means for the matrix. */
export async function batchWarnings(
  engine: Engine,
  problem: LoadedProblem,
  { batch }: Pick<SpectrumOptions, 'batch'>,
): Promise<string[]> {
  const { examples } = problem;
  const tie = await tieOf(engine, problem);
  const isCut = batch !== undefined && batch < examples;
  switch (tie) {
    case null:
      return [];
    case 'statistics':
      if (!isCut) return [];
      return [
        `--batch ${batch} changes the matrix under batch statistics: each batch of ${batch} is normalised by its own. Without it, all ` +
          `${examples} examples are one batch.`,
      ];
    case 'network': {
      const why = 'The outputs of one example depend on the others, as by a mean over the batch';
      if (!isCut) return [`${why}: the matrix is that of all ${examples} examples as one batch.`];
      return [`${why}: --batch ${batch} changes the matrix. Without it, all ${examples} examples are one batch.`];
    }
  }
}
