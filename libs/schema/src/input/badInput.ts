/** The GraphQL error for an argument that cannot be right, whatever is stored. */
import { DatabaseError } from '@ritz/database';
import { GraphQLError } from 'graphql';

/** Code `BAD_USER_INPUT`; `message` says what was given, what was expected and what to do. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** What a token may not do is no fault of the input: code FORBIDDEN. */
export function forbidden({ message }: DatabaseError): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
}

/** Reads; what the database refuses in the arguments (a foreign cursor, say) is BAD_USER_INPUT. */
export async function reading<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DatabaseError && (error.code === 'INVALID' || error.code === 'NON_FINITE')) {
      throw badInput(error.message);
    }
    if (error instanceof DatabaseError && error.code === 'FORBIDDEN') throw forbidden(error);
    throw error;
  }
}
