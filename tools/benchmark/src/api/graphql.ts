/** Asks the API as a program does, and reads the whole answer. */

export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/** Rejects when the answer is not 200 or has errors. */
export function asking(url: string): Ask {
  return async (query, variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
    if (!response.ok || errors !== undefined || data === undefined) {
      throw new Error(`${String(response.status)} ${text.slice(0, 500)}`);
    }
    return data;
  };
}
