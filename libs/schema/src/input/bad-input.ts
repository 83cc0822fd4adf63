/** The GraphQL error for an argument that cannot be right, whatever is stored. */
import { GraphQLError } from 'graphql';

/** Code `BAD_USER_INPUT`; `message` says what was given, what was expected and what to do. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
