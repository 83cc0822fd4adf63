/** An operation as text that runs as it is: its variables written into it as defaults. */
import type { TypedDocumentString } from './generated/graphql.ts';

/** Input fields whose values are enum members, which GraphQL writes without quotes. */
const enumFields = new Set(['kind', 'direction', 'field', 'status', 'batchNorm', 'operator', 'method']);

function literal(value: unknown, isEnum = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, isEnum)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${fields.map(([name, inner]) => `${name}: ${literal(inner, enumFields.has(name))}`).join(', ')} }`;
  }
  return isEnum && typeof value === 'string' ? value : JSON.stringify(value);
}

/** Types whose values are written with quotes; any other text is a member of an enum. */
const textTypes = new Set(['ID', 'String', 'DateTime']);

/** The definition of a variable, with its default where it has one: a list, or a single value. */
const variable = /\$(\w+): ([\w![\]]+)(?: = (?:\[[^\]]*\]|[^\s,)]+))?/g;

/** `query Run($id: ID!)` with `{ id: "a" }` becomes `query Run($id: ID! = "a")`; a variable that is not given stays as it is, with its own default. */
export function standaloneQuery<Result, Variables extends object>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): string {
  const given = new Map(Object.entries(variables));
  const text = document.toString().trim();
  // Fragments may stand before the operation.
  const start = text.search(/^query /m);
  const end = text.indexOf('{', start);
  const head = text.slice(start, end).replaceAll(variable, (definition, name: string, type: string) => {
    const value: unknown = given.get(name);
    const isEnum = !textTypes.has(type.replaceAll(/[![\]]/g, ''));
    return value === undefined ? definition : `$${name}: ${type} = ${literal(value, isEnum)}`;
  });
  return `${text.slice(0, start)}${head}${text.slice(end)}\n`;
}
