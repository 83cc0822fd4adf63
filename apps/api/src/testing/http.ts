/** Talks to a running API as any client does: over HTTP, with JSON. */

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** What was answered, parsed when it is JSON: `data`, `errors`, or whatever else stands there. */
  readonly body: Record<string, never>;
}

export async function send(url: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, options);
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const body = (json ? JSON.parse(text) : { text }) as Record<string, never>;
  return { status: response.status, headers: response.headers, body };
}

/** Posts `body` as it stands to `/graphql`. */
export function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

export function query(url: string, text: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  return post(url, JSON.stringify({ query: text, variables }));
}

/** The first error of an answer. */
export function firstError(answer: Answer): { readonly message: string; readonly code: unknown } {
  const errors = (answer.body['errors'] ?? []) as { message: string; extensions?: Record<string, unknown> }[];
  return { message: errors[0]?.message ?? '', code: errors[0]?.extensions?.['code'] };
}

/** Runs the mutation `name` with `input`; `fields` are those of its payload beside `userErrors`. */
export async function mutate(
  url: string,
  name: string,
  input: object,
  fields: string,
): Promise<Readonly<Record<string, never>>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const text = `mutation($input: ${type}) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
  const { status, body } = await query(url, text, { input });
  if (status !== 200 || body['errors']) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  return (body['data'] as unknown as Record<string, Record<string, never>>)[name] ?? {};
}
