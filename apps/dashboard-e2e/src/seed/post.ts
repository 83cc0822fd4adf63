/** One GraphQL request to the real API; anything but data without user errors is a failure of the seed. */

interface Answer {
  readonly data?: Record<string, { readonly userErrors?: readonly { readonly message: string }[] } | null> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Resolves to `data`; with a token where the API asks for one. */
export async function post(
  api: string,
  query: string,
  variables: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as Answer;
  const faults = [
    ...(answer.errors ?? []),
    ...Object.values(answer.data ?? {}).flatMap((payload) => payload?.userErrors ?? []),
  ];
  if (faults.length > 0 || !answer.data) {
    throw new Error(`The API refused: ${faults.map(({ message }) => message).join(' ') || String(response.status)}`);
  }
  return answer.data;
}
