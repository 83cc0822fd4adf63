/** Names the row that an error of an answer is about: one of many in a list, of which its path has only the position. */
import { GraphQLError, type GraphQLFormattedError, type GraphQLResolveInfo } from 'graphql';

export interface NamedRow {
  readonly type: string;
  readonly id: string;
}

type Path = GraphQLResolveInfo['path'];

/** The lists and the single rows of one answer, by their paths. */
export class AnswerRows {
  readonly #found = new Map<string, { readonly type: string; readonly value: unknown }>();

  note(path: Path, type: string, value: unknown): void {
    this.#found.set(keyOf(keysOf(path)), { type, value });
  }

  /** The innermost row on the path of an error; null where there is none with an id. */
  on(path: readonly (string | number)[]): NamedRow | null {
    for (let length = path.length; length > 0; length--) {
      const found = this.#found.get(keyOf(path.slice(0, length)));
      if (!found) continue;
      const { type, value } = found;
      const position = path[length];
      const row: unknown = Array.isArray(value) && typeof position === 'number' ? value[position] : value;
      const named = withId(type, row);
      if (named) return named;
    }
    return null;
  }
}

function keysOf(path: Path | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at; at = at.prev) keys.push(at.key);
  return keys.reverse();
}

function keyOf(keys: readonly (string | number)[]): string {
  return keys.join('.');
}

/** The item itself, or what an edge leads to. */
function withId(type: string, row: unknown): NamedRow | null {
  if (typeof row !== 'object' || row === null) return null;
  if ('id' in row && typeof row.id === 'string') return { type, id: row.id };
  return 'node' in row ? withId(type.replace(/Edge$/, ''), row.node) : null;
}

/** The error, with the row that it is about. */
export function ofRow(error: GraphQLError, row: NamedRow): GraphQLError {
  const { message, nodes, path, extensions } = error;
  return new GraphQLError(message, {
    ...(nodes && { nodes }),
    ...(path && { path }),
    originalError: error,
    extensions: { ...extensions, row },
  });
}

/** Faults of what is stored or of the server; others are of the request, whatever rows it is about. */
const aboutRows: ReadonlySet<unknown> = new Set([undefined, 'INTERNAL_SERVER_ERROR', 'NOT_COMPUTABLE']);

/** As shown to the client: its message begins with the row, and `extensions.row` has it for programs. */
export function naming(error: GraphQLFormattedError, rows?: AnswerRows): GraphQLFormattedError {
  if (!aboutRows.has(error.extensions?.['code'])) return error;
  const given = error.extensions?.['row'] as NamedRow | undefined;
  const row = given ?? rows?.on(error.path ?? []);
  if (!row || error.message.includes(row.id)) return error;
  return { ...error, message: `${row.type} ${row.id}: ${error.message}`, extensions: { ...error.extensions, row } };
}
