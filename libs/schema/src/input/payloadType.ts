/** What a mutation answers with. */
import type { FieldMap } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';
import { UserError, type UserErrorShape } from './userError.ts';

/** What was written, with the faults of the input in its place. */
type Payload<Written extends object> = Written & { readonly userErrors: readonly UserErrorShape[] };

/** The payload of a mutation, named after it: its fields, and `userErrors`. */
export function payloadType<Written extends object>(
  mutation: string,
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Payload<Written>>) => FieldMap,
) {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload`;
  return builder.objectRef<Payload<Written>>(name).implement({
    description: `The result of ${mutation}.`,
    fields: (t) => ({
      ...fields(t),
      userErrors: t.field({
        type: [UserError],
        description: 'Faults of the input; empty when all is well.',
        resolve: ({ userErrors }) => userErrors,
      }),
    }),
  });
}
