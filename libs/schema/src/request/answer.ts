/** The answer as it is sent: what ended the request ended all of it, and each other error says what it is about. */
import type { GraphQLFormattedError } from 'graphql';
import { naming, type AnswerRows } from './rows.ts';

export interface Answer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** After these nothing more was resolved: what there is of the answer is there by chance. */
const endings: ReadonlySet<unknown> = new Set([
  'QUERY_TOO_LARGE',
  'QUERY_TIMEOUT',
  'SERVER_BUSY',
  'CLIENT_GONE',
  'DATABASE_UNREACHABLE',
]);

export function finishedAnswer<Given extends Answer>(answer: Given, rows: AnswerRows): Given {
  const { errors } = answer;
  if (!errors) return answer;
  const ending = errors.find(({ extensions }) => endings.has(extensions?.['code']));
  if (ending) return { ...answer, ...('data' in answer && { data: null }), errors: [ending] };
  return { ...answer, errors: distinct(errors).map((error) => naming(error, rows)) };
}

/** A fault of an argument is said once, not once for each row that the argument is applied to. */
function distinct(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const said = new Set<string>();
  return errors.filter(({ message, locations, extensions }) => {
    if (extensions?.['code'] !== 'BAD_USER_INPUT') return true;
    const fault = JSON.stringify([message, locations]);
    const isNew = !said.has(fault);
    said.add(fault);
    return isNew;
  });
}
