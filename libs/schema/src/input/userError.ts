/** Faults of a mutation's input, reported in its payload: a program can act on them field by field. */
import { DatabaseError } from '@ritz/database';
import { builder } from '../builder.ts';
import { forbidden } from './badInput.ts';
import { UserErrorCode } from '../types/enums.ts';

export interface UserErrorShape {
  readonly code: typeof UserErrorCode.$inferType;
  /** Path inside `input`, such as ['probes', '2', 'alpha', '17']; null = the input as a whole. */
  readonly field: readonly string[] | null;
  readonly message: string;
}

export const UserError = builder.objectRef<UserErrorShape>('UserError').implement({
  description: 'A fault of a mutation’s input. Nothing was written.',
  fields: (t) => ({
    code: t.expose('code', { type: UserErrorCode, description: 'The kind of fault.' }),
    field: t.field({
      type: ['String'],
      nullable: true,
      description:
        'Path inside `input`, list positions as digits: ["probes", "2", "alpha"]. null = the input as a whole.',
      resolve: (error) => (error.field ? [...error.field] : null),
    }),
    message: t.exposeString('message', { description: 'What was given, what was expected and what to do.' }),
  }),
});

/** Thrown by the checks that this layer adds to those of the database: how much one call takes. */
class TooLargeError extends Error {
  readonly field: readonly string[];

  constructor(field: readonly string[], message: string) {
    super(message);
    this.name = 'TooLargeError';
    this.field = field;
  }
}

/** Throws TooLargeError when a list has more entries than one call takes. */
export function requireAtMost(
  limit: number,
  list: readonly unknown[] | null | undefined,
  field: readonly string[],
): void {
  if (!list || list.length <= limit) return;
  throw new TooLargeError(
    field,
    `${field.join('.')} has ${String(list.length)} entries; at most ${String(limit)} are taken by one call.`,
  );
}

function userError(error: unknown): UserErrorShape | null {
  if (error instanceof TooLargeError) return { code: 'TOO_LARGE', field: error.field, message: error.message };
  if (!(error instanceof DatabaseError)) return null;
  switch (error.code) {
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'NON_FINITE':
    case 'INVALID':
      return { code: error.code, field: error.field, message: error.message };
    case 'DATA_DIRECTORY':
    case 'EMBEDDED_UNAVAILABLE':
    case 'FORBIDDEN':
    case 'MIGRATION':
    case 'QUERY_FAILED':
    case 'TIMEOUT':
    case 'UNREACHABLE':
      return null;
  }
}

/** Writes, or answers with the fault of the input and with `nothing` in place of what would have been written. */
export async function payload<Written extends object, Nothing extends object>(
  write: () => Promise<Written>,
  nothing: Nothing,
): Promise<(Written | Nothing) & { readonly userErrors: UserErrorShape[] }> {
  try {
    return { ...(await write()), userErrors: [] };
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 'FORBIDDEN') throw forbidden(error);
    const fault = userError(error);
    if (!fault) throw error;
    return { ...nothing, userErrors: [fault] };
  }
}
