/** A gradient energy spectrum: the Lanczos tridiagonal started at g / ‖g‖, which says how the gradient's energy is spread. */
import { z } from 'zod';
import { finite, numbers, optional, withDefault, word } from '../fields/fields.ts';
import { gradientKinds } from '../words/words.ts';
import { tridiagonalFault } from './tridiagonal.ts';

export const energySchema = z
  .strictObject({
    gradient: withDefault(word(gradientKinds), 'full-batch'),
    /** ‖g‖, where it was kept. */
    gradientNorm: optional(finite({ min: 0 })),
    /** m diagonals. */
    alpha: numbers(),
    /** m or m − 1 entries, as of a probe. */
    beta: numbers(),
  })
  .check((context) => {
    const fault = tridiagonalFault(context.value.alpha, context.value.beta);
    if (fault) context.issues.push({ code: 'custom', input: null, path: [fault.field], message: fault.message });
  });

export type NewGradientEnergy = Readonly<z.input<typeof energySchema>>;
export type GradientEnergyValues = Readonly<z.output<typeof energySchema>>;
