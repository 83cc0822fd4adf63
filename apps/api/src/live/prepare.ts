/** What a subscription asks for, checked: its text, its kind and the limits. */
import { assertWithinLimits, maxQueryTokens, queryCost, schema } from '@ritz/schema';
import { getOperationAST, GraphQLError, parse, validate, type DocumentNode, type ExecutionArgs } from 'graphql';
import type { RequestParams } from 'graphql-sse';
import type { Grant } from '../access/authenticator.ts';
import { RefusedError } from '../http/fault.ts';

/** What a stream needs to know of its request. */
export type StreamContext = Record<'grant', Grant>;

/** What to execute. Throws RefusedError, or a GraphQLError of the limits, with what is wrong with the subscription. */
export function prepared(
  { query, operationName, variables }: RequestParams,
  grant: Grant,
): ExecutionArgs & { contextValue: StreamContext } {
  const document = parsed(query);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') {
    throw new RefusedError({
      status: 400,
      code: 'BAD_REQUEST',
      message: 'Only subscriptions are answered here; queries and mutations are at POST /graphql.',
    });
  }
  const asked = queryCost(schema, document, operation, variables ?? {});
  if (asked) assertWithinLimits(asked);
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: { grant },
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: maxQueryTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RefusedError({ status: 400, code: 'GRAPHQL_PARSE_FAILED', message: error.message }, { cause: error });
  }
}

export function asGraphQLError(error: unknown): GraphQLError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof RefusedError ? { code: error.code } : {};
  return new GraphQLError(cause.message, { originalError: cause, extensions: code });
}
