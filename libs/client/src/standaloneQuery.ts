/** An operation as text that runs as it is: its variables written into it as defaults. */
import type { TypedDocumentString } from './generated/graphql.ts';

/** Input fields whose values are enum members, which GraphQL writes without quotes. */
const ENUM_FIELDS = new Set(['kind', 'direction', 'field', 'status', 'batchNorm', 'operator', 'method']);

function literal(value: unknown, isEnum = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, isEnum)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${fields.map(([name, inner]) => `${name}: ${literal(inner, ENUM_FIELDS.has(name))}`).join(', ')} }`;
  }
  return isEnum && typeof value === 'string' ? value : JSON.stringify(value);
}

/** `query Run($id: ID!)` with `{ id: "a" }` becomes `query Run($id: ID! = "a")`; a variable that is not given stays as it is. */
export function standaloneQuery<Result, Variables extends object>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): string {
  const given = new Map(Object.entries(variables));
  const text = document.toString().trim();
  const end = text.indexOf('{');
  const head = text.slice(0, end).replaceAll(/\$(\w+): ([\w![\]]+)/g, (definition, name: string) => {
    const value: unknown = given.get(name);
    return value === undefined ? definition : `${definition} = ${literal(value)}`;
  });
  return `${head}${text.slice(end)}\n`;
}
