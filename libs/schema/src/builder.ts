/** The Pothos builder that every type of the schema is declared on. */
import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import type { RequestContext } from './request/context.ts';

export interface BuilderTypes {
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    SafeInt: { Input: number; Output: number };
  };
}

/** Lists without a `first` argument are priced as if they held this many elements (see limits.ts). */
export const assumedListLength = 20;

export const builder = new SchemaBuilder<BuilderTypes>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: { defaultComplexity: 1, defaultListMultiplier: assumedListLength },
});

builder.queryType({ description: 'Everything that can be read: runs, their steps and their measured spectra.' });
builder.mutationType({
  description:
    'Everything that can be written. Each mutation takes one `input` and answers with one payload; faults of the input ' +
    'are listed in its `userErrors`, and nothing is written when there are any.',
});

builder.subscriptionType({ description: 'What can be followed live, over Server-Sent Events.' });

/** The builder's types, for functions that declare types for others. */
export type SchemaTypes = typeof builder.$inferSchemaTypes;
