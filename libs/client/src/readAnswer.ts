/** Reads one answer of the API: data, GraphQL errors, or something that is not GraphQL at all. */
import { ClientError } from './ClientError.ts';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message?: unknown }[];
}

const excerptLength = 200;

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Resolves to `data`. The type is a promise of the schema that the document was generated from.
 * @throws ClientError HTTP or GRAPHQL, or UNREACHABLE when the connection breaks inside the answer
 */
export async function readAnswer<Result>(
  url: string,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const { status } = response;
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ClientError('UNREACHABLE', `The answer of ${url} broke off. Try again.`, { cause, status });
  }
  const answer = parseJson(text);
  if (!isAnswer(answer)) {
    const excerpt = text.trim().slice(0, excerptLength) || 'nothing';
    throw new ClientError(
      'HTTP',
      `${url} answered HTTP ${String(status)} and no GraphQL: ${excerpt}. Check that the address is that of the Ritz API (its path is /graphql).`,
      { status },
    );
  }
  const messages = (answer.errors ?? []).map(({ message }) => String(message));
  if (messages.length > 0) {
    throw new ClientError('GRAPHQL', messages.join('\n'), { status, messages });
  }
  if (answer.data === null || answer.data === undefined) {
    throw new ClientError('GRAPHQL', `${url} answered without data. Try again, and look into the log of the API.`, {
      status,
    });
  }
  return answer.data as Result;
}
