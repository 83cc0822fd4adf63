/** The spectra drawn on the run page: those of one operator, block and preconditioner, one per step. */
import {
  curvatureOperatorNames,
  preconditionerNames,
  type CurvatureOperator,
  type Preconditioner,
  type RunQuery,
} from '@ritz/client';

export type Run = NonNullable<RunQuery['run']>;
export type RunSpectrum = Run['spectra'][number];

/** What was measured: a curvature operator, of all parameters or of one block of them, perhaps preconditioned. */
export interface Curvature {
  readonly operator: CurvatureOperator;
  /** "all", or the name of a group of parameters. */
  readonly block: string;
  readonly preconditioner: Preconditioner;
}

/** Spectra by what they are of. */
export interface Measured {
  readonly spectra: readonly Curvature[];
}

/** All parameters first, then by name. */
const byBlock = (a: string, b: string): number => Number(b === 'all') - Number(a === 'all') || a.localeCompare(b);
const byOperator = (a: CurvatureOperator, b: CurvatureOperator): number =>
  Number(b === 'HESSIAN') - Number(a === 'HESSIAN') || a.localeCompare(b);

const byPreconditioner = (a: Preconditioner, b: Preconditioner): number =>
  Number(b === 'NONE') - Number(a === 'NONE') || a.localeCompare(b);

/** The operators that were measured, the Hessian first. */
export function operatorsOf({ spectra }: Measured): CurvatureOperator[] {
  return [...new Set(spectra.map(({ operator }) => operator))].sort(byOperator);
}

/** The blocks that an operator was measured of. */
export function blocksOf({ spectra }: Measured, operator: CurvatureOperator): string[] {
  return [...new Set(spectra.filter((one) => one.operator === operator).map(({ block }) => block))].sort(byBlock);
}

/** By what an operator of a block was preconditioned, NONE first. */
export function preconditionersOf({ spectra }: Measured, { operator, block }: Pick<Curvature, 'operator' | 'block'>) {
  const own = spectra.filter((one) => one.operator === operator && one.block === block);
  return [...new Set(own.map(({ preconditioner }) => preconditioner))].sort(byPreconditioner);
}

/** The parts of `Curvature` as an address has them; null: not said. */
export interface AskedCurvature {
  readonly operator: string | null;
  readonly block: string | null;
  readonly preconditioner: string | null;
}

/** What is shown: as asked for where it was measured, otherwise the first that was. */
export function chosenCurvature(run: Measured, asked: AskedCurvature): Curvature {
  const operator = known(operatorsOf(run), asked.operator, 'HESSIAN');
  const block = known(blocksOf(run, operator), asked.block, 'all');
  return {
    operator,
    block,
    preconditioner: known(preconditionersOf(run, { operator, block }), asked.preconditioner, 'NONE'),
  };
}

/** As asked for, whether it was measured or not; the whole Hessian where nothing known is. */
export function asCurvature({ operator, block, preconditioner }: AskedCurvature): Curvature {
  return {
    operator: known(choices(curvatureOperatorNames), operator ?? 'HESSIAN', 'HESSIAN'),
    block: block ?? 'all',
    preconditioner: known(choices(preconditionerNames), preconditioner ?? 'NONE', 'NONE'),
  };
}

/** The choices that have names. */
function choices<Choice extends string>(names: Readonly<Record<Choice, string>>): Choice[] {
  return Object.keys(names) as Choice[];
}

function known<Value extends string>(values: readonly Value[], asked: string | null, otherwise: Value): Value {
  return values.find((value) => value === asked) ?? values[0] ?? otherwise;
}

/** By step, ascending. */
export function spectraOf(run: Pick<Run, 'spectra'>, curvature: Curvature): ReadonlyMap<number, RunSpectrum> {
  const own = run.spectra.filter((one) => sameCurvature(one, curvature));
  return new Map(own.sort((a, b) => a.step.number - b.step.number).map((one) => [one.step.number, one]));
}

export function sameCurvature(a: Curvature, b: Curvature): boolean {
  return a.operator === b.operator && a.block === b.block && a.preconditioner === b.preconditioner;
}
