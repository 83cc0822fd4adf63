/** One gradient energy spectrum, as a schema. */
import { z } from 'zod';
import { finite, numbers, optional, withDefault } from '../input/fields.ts';
import { wrongTridiagonal } from '../probes/tridiagonal.ts';
import { gradientKind } from '../schema/overlap.ts';

export const energySchema = z
  .strictObject({
    gradient: withDefault(z.enum(gradientKind.enumValues), 'FULL_BATCH'),
    gradientNorm: optional(finite({ min: 0 })),
    alpha: numbers(),
    beta: numbers(),
  })
  .check((context) => {
    const wrong = wrongTridiagonal(context.value.alpha, context.value.beta);
    if (wrong) context.issues.push({ code: 'custom', input: null, path: [wrong.field], message: wrong.message });
  });
