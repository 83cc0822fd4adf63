/** A series: the spectra of one matrix along a training, known by operator, block and preconditioner. */
import type { ArgBuilder } from '@pothos/core';
import type { Spectrum } from '@ritz/database';
import { curvatureOperators, preconditioners } from '@ritz/records';
import { builder, type SchemaTypes } from '../builder.ts';
import { CurvatureOperator, Preconditioner } from '../types/enums.ts';

export type Series = Pick<Spectrum, 'operator' | 'block' | 'preconditioner'>;

/** That of a query that names none. */
const wholeHessian: Series = { operator: 'hessian', block: 'all', preconditioner: 'none' };

/** Arguments that name one series. */
export function seriesArguments(arg: ArgBuilder<SchemaTypes>) {
  return {
    operator: arg({ type: CurvatureOperator, defaultValue: 'hessian', description: 'Which matrix.' }),
    block: arg.string({ defaultValue: 'all', description: '"all", or the name of a group of parameters.' }),
    preconditioner: arg({ type: Preconditioner, defaultValue: 'none', description: 'The preconditioner.' }),
  };
}

type Given = { readonly [Field in keyof Series]?: Series[Field] | null | undefined };

export function seriesOf({ operator, block, preconditioner }: Given): Series {
  return {
    operator: operator ?? wholeHessian.operator,
    block: block ?? wholeHessian.block,
    preconditioner: preconditioner ?? wholeHessian.preconditioner,
  };
}

/** Whether a spectrum has everything of the series that is given. */
export function isOfSeries(spectrum: Series, { operator, block, preconditioner }: Given): boolean {
  return (
    (operator ?? spectrum.operator) === spectrum.operator &&
    (block ?? spectrum.block) === spectrum.block &&
    (preconditioner ?? spectrum.preconditioner) === spectrum.preconditioner
  );
}

/**
 * Every series among the spectra, each once: whole matrices before blocks, those without a preconditioner before those with one, and
 * by operator in the order of the words, so that the whole Hessian is the first where it was measured.
 */
export function seriesAmong(spectra: readonly Series[]): Series[] {
  const known = new Map(
    spectra.map(({ operator, block, preconditioner }) => [
      JSON.stringify([operator, block, preconditioner]),
      { operator, block, preconditioner },
    ]),
  );
  const rankOf = ({ operator, block, preconditioner }: Series): readonly [number, number, number] => [
    Number(block !== wholeHessian.block),
    preconditioners.indexOf(preconditioner),
    curvatureOperators.indexOf(operator),
  ];
  return [...known.values()].sort((one, two) => {
    const [first, second] = [rankOf(one), rankOf(two)];
    const at = first.findIndex((rank, position) => rank !== second[position]);
    return at < 0 ? byName.compare(one.block, two.block) : (first[at] ?? 0) - (second[at] ?? 0);
  });
}

/** layers.2 before layers.10. */
const byName = new Intl.Collator('en', { numeric: true });

export const MeasuredOperator = builder.objectRef<Series>('MeasuredOperator').implement({
  description:
    'A matrix whose spectra a run has: what `Run.spectrum`, `Run.trajectory` and `compare` take as arguments.',
  fields: (t) => ({
    operator: t.expose('operator', { type: CurvatureOperator, description: 'Which matrix.' }),
    block: t.exposeString('block', { description: '"all", or the name of a group of parameters.' }),
    preconditioner: t.expose('preconditioner', {
      type: Preconditioner,
      description: 'The preconditioner; NONE for the matrix itself.',
    }),
  }),
});
