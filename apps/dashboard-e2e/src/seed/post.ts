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
  const send = (): Promise<Response> =>
    fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
  // A kept connection may be closed just as it is used again; all that is posted here may arrive twice.
  const response = await send().catch((error: unknown) =>
    error instanceof TypeError ? send() : Promise.reject(error),
  );
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
