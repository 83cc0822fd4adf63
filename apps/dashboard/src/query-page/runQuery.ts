/** Runs the query in the editor. */

export interface TypedQuery {
  readonly query: string;
  /** Variables as JSON text; may be empty. */
  readonly variables: string;
}

function parseVariables(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`Variables are not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Resolves to the answer as indented JSON, including GraphQL errors with their locations. */
export async function runQuery({ query, variables }: TypedQuery): Promise<string> {
  const response = await fetch('/api/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: parseVariables(variables) }),
  });
  const text = await response.text();
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    throw new Error(`The API returned HTTP ${String(response.status)} with a non-JSON body: ${text.slice(0, 200)}`);
  }
}
