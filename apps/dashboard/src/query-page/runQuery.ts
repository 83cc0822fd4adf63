/** Sends a query as it was typed. */

export interface TypedQuery {
  readonly query: string;
  /** JSON as it was typed; empty = none. */
  readonly variables: string;
}

function parseVariables(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The variables are no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Resolves to the answer as indented JSON, errors of GraphQL included: they say where. */
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
    throw new Error(`The API answered HTTP ${String(response.status)} and no JSON: ${text.slice(0, 200)}`);
  }
}
