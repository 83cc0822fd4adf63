/** Chooses the batch where examples depend on each other, and warns of what this means. */
import { mixesExamples, type Engine } from '@ritz/estimation';
import type { LoadedProblem } from './loadedProblem.ts';
import type { SpectrumOptions } from './options.ts';
import { CliError } from '../terminal/cliError.ts';

/** What makes examples depend on each other: batch statistics, or the network itself (a mean over the batch, attention between examples). */
type Tie = 'statistics' | 'network';

const ties = new WeakMap<LoadedProblem, Promise<Tie | null>>();

async function findTie(engine: Engine, problem: LoadedProblem): Promise<Tie | null> {
  const { batchNorm, trained } = problem;
  if (batchNorm === 'minibatch') return 'statistics';
  return (await mixesExamples(engine, { ...trained, ...problem, batchNorm: 'running' })) ? 'network' : null;
}

/** Determines what ties the examples of a batch together, once per problem. Throws what the engine throws. */
function tieOf(engine: Engine, problem: LoadedProblem): Promise<Tie | null> {
  const known = ties.get(problem);
  if (known) return known;
  const found = findTie(engine, problem);
  ties.set(problem, found);
  return found;
}

/** Returns the examples per batch: all of them where they are tied together, unless the user chose; undefined leaves the choice to the library. */
export async function batchOf(
  engine: Engine,
  problem: LoadedProblem,
  { batch }: Pick<SpectrumOptions, 'batch'>,
): Promise<number | undefined> {
  if (batch !== undefined) return batch;
  return (await tieOf(engine, problem)) === null ? undefined : problem.examples;
}

/** Throws a CliError where examples have no gradients of their own because they depend on each other. */
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

/** Returns warnings about what a tie between examples means for the matrix. */
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
        `--batch ${batch} changes the matrix: each batch of ${batch} is normalised by its own statistics. Without it, all ` +
          `${examples} examples form one batch.`,
      ];
    case 'network': {
      const why = 'The outputs of an example depend on the other examples, for instance through a mean over the batch';
      if (!isCut) return [`${why}: the matrix is that of one batch of all ${examples} examples.`];
      return [`${why}: --batch ${batch} changes the matrix. Without it, all ${examples} examples form one batch.`];
    }
  }
}
