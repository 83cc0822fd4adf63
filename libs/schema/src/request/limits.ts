/**
 * What one query may ask for: depth, breadth, aliases and cost, counted before anything runs.
 *
 * Cost is counted in fields: each field costs 1, a field that computes costs what is stated where it is declared, and
 * what stands inside a list is multiplied by the list's `first` (or by ASSUMED_LIST_LENGTH).
 */
import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  getVariableValues,
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { badInput } from '../input/badInput.ts';

export interface QueryCost {
  /** Fields resolved, roughly: see above. */
  readonly cost: number;
  /** Levels of nested selection sets. */
  readonly depth: number;
  /** Fields selected, fragments expanded. */
  readonly breadth: number;
  /** Fields given another name. */
  readonly aliases: number;
}

export const queryLimits: QueryCost = { cost: 50_000, depth: 12, breadth: 1000, aliases: 100 };

/** Tokens of one query text: read before it is parsed, so that parsing and validation stay bounded too. */
export const maxQueryTokens = 10_000;

const advice: Record<keyof QueryCost, string> = {
  cost: 'Ask for fewer runs (`first`), fewer grid points, or split the query.',
  depth: 'Nest less deeply.',
  breadth: 'Ask for fewer fields, or split the query.',
  aliases: 'Ask for several runs with `runs(filter: { ids: [...] })` instead of one alias each.',
};

/**
 * Counts what `operation` of `document` asks for; null if its variables are not of their types, so that nothing of it
 * will be executed. The document must be valid for the schema.
 */
export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): QueryCost | null {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const chosen: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
  let aliases = 0;
  visit(chosen, {
    Field: (field) => {
      if (field.alias) aliases++;
    },
  });
  try {
    const { complexity, depth, breadth } = complexityFromQuery(chosen, { schema, variables });
    return { cost: Math.ceil(complexity), depth, breadth, aliases };
  } catch (error) {
    if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return null;
    // An argument that cannot be read, perhaps of a field that is skipped: without it there is no cost, so no execution.
    throw badInput(error instanceof Error ? error.message : String(error));
  }
}

/** Throws a GraphQLError (HTTP 400, code `QUERY_TOO_LARGE`) that names the first limit passed. */
export function assertWithinLimits(asked: QueryCost, limits: QueryCost = queryLimits): void {
  for (const measure of ['depth', 'aliases', 'breadth', 'cost'] as const) {
    if (asked[measure] > limits[measure]) {
      throw new GraphQLError(
        `This query’s ${measure} is ${String(asked[measure])}; the limit is ${String(limits[measure])}. ${advice[measure]}`,
        { extensions: { code: 'QUERY_TOO_LARGE', limit: measure, asked, limits, http: { status: 400 } } },
      );
    }
  }
}
