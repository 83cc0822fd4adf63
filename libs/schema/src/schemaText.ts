/** The schema in GraphQL's own language: the text of `schema.graphql`. */
import {
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type GraphQLSchema,
} from 'graphql';
import { semanticNonNull } from './types/semanticNonNull.ts';

/** Sorted by name, with the directives that `printSchema` of graphql leaves out, ending with a newline. */
export function schemaText(schema: GraphQLSchema): string {
  const text = print(
    visit(parse(printSchema(lexicographicSortSchema(schema))), {
      ObjectTypeDefinition: (node) => {
        const type = schema.getType(node.name.value);
        if (!isObjectType(type)) return undefined;
        const fields = node.fields?.map((field) => {
          const levels = type.getFields()[field.name.value]?.extensions['semanticNonNull'];
          return Array.isArray(levels)
            ? { ...field, directives: [...(field.directives ?? []), directiveOf(levels.map(String))] }
            : field;
        });
        return { ...node, ...(fields && { fields }) };
      },
    }),
  );
  // A line between described fields, as `printSchema` has it.
  return `${text.replace(/([^{(\n])\n( +""")/g, '$1\n\n$2')}\n`;
}

function directiveOf(levels: readonly string[]): ConstDirectiveNode {
  const values = levels.map((value) => ({ kind: Kind.INT, value }) as const);
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: semanticNonNull.name },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'levels' },
        value: { kind: Kind.LIST, values },
      },
    ],
  };
}
