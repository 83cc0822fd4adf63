/** A schema as clients see it that treat every error as an error: what is null only beside an error is never null. */
import { Kind, parse, visit, type DocumentNode, type FieldDefinitionNode, type TypeNode } from 'graphql';

/** @param text a schema whose fields say `@semanticNonNull(levels: …)`: 0 is the type of the field, 1 that of its items. */
export function strictSchema(text: string): DocumentNode {
  return visit(parse(text), {
    FieldDefinition: (field) => ({ ...field, type: levelsOf(field).reduce(nonNullAt, field.type) }),
  });
}

function levelsOf({ directives }: FieldDefinitionNode): number[] {
  const directive = directives?.find(({ name }) => name.value === 'semanticNonNull');
  const levels = directive?.arguments?.find(({ name }) => name.value === 'levels')?.value;
  if (levels?.kind === Kind.LIST)
    return levels.values.map((value) => (value.kind === Kind.INT ? Number(value.value) : 0));
  return directive ? [0] : [];
}

function nonNullAt(type: TypeNode, level: number): TypeNode {
  if (type.kind === Kind.NON_NULL_TYPE) {
    const inner = nonNullAt(type.type, level);
    return inner.kind === Kind.NON_NULL_TYPE ? inner : { kind: Kind.NON_NULL_TYPE, type: inner };
  }
  if (level === 0) return { kind: Kind.NON_NULL_TYPE, type };
  return type.kind === Kind.LIST_TYPE ? { kind: Kind.LIST_TYPE, type: nonNullAt(type.type, level - 1) } : type;
}
