/** The Python package's closed choices are those of the records. */
import * as records from '@ritz/records';
import { constantOf, type NamedWord } from '@ritz/records';
import { expect, it } from 'vitest';

const lists: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['BATCH_NORM_MODES', records.batchNormModes],
  ['GRADIENT_KINDS', records.gradientKinds],
  ['LOSS_REDUCTIONS', records.lossReductions],
  ['NORMALISATIONS', records.normalisations],
  ['OPERATORS', records.curvatureOperators],
  ['PRECISIONS', records.precisions],
  ['PRECONDITIONERS', records.preconditioners],
  ['PROBE_LAWS', records.probeLaws],
  ['REORTHOGONALISATIONS', records.reorthogonalisations],
  ['RUN_ENDINGS', records.runEndings],
  ['SCHEDULE_KINDS', records.scheduleKinds],
];

function tuple([name, words]: (typeof lists)[number]): string {
  return `${name} = (${words.map((word) => JSON.stringify(constantOf(word))).join(', ')})\n`;
}

function names(variable: string, named: Readonly<Record<string, NamedWord>>): string {
  const lines = Object.entries(named).map(
    ([word, { name }]) => `    "${constantOf(word)}": ${JSON.stringify(name)},\n`,
  );
  return `${variable} = {\n${lines.join('')}}\n`;
}

it('words.py is what the records make today (if not: npx vitest run src/words.test.ts --update)', async () => {
  const module = [
    '"""The closed choices of records. Generated from @ritz/records by src/words.test.ts; do not edit."""\n\n',
    ...lists.map(tuple),
    '\n',
    names('OPERATOR_NAMES', records.namedOperators),
    names('PRECONDITIONER_NAMES', records.namedPreconditioners),
  ];
  await expect(module.join('')).toMatchFileSnapshot('../ritz/words.py');
});
