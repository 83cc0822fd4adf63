/**
 * The schema of the API as a type, for documents of one's own: `initGraphQLTada<RitzSchema>()` of the package gql.tada returns a function
 * whose documents are typed by it (see `examples/ownQuery.ts`).
 */
import type { introspection } from './generated/introspection.ts';

export interface RitzSchema {
  readonly introspection: introspection;
  readonly scalars: { readonly ID: string; readonly DateTime: string; readonly SafeInt: number };
}
