/** Charges every list of an answer to the budget of its request, by its real length, as it is resolved, and notes its rows. */
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.ts';
import { fieldsAsked } from './fieldsAsked.ts';

/** A number in an answer, in memory and as JSON. */
const bytesPerScalar = 28;

/** Changes the resolvers of `schema`, and returns it. */
export function chargeLists(schema: GraphQLSchema): GraphQLSchema {
  const subscription = schema.getSubscriptionType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === subscription) continue;
    for (const field of Object.values(type.getFields())) {
      if (isListType(getNullableType(field.type))) chargeField(field as GraphQLField<unknown, RequestContext>);
      else if (type === schema.getQueryType()) noteRow(field as GraphQLField<unknown, RequestContext>);
    }
  }
  return schema;
}

function chargeField(field: GraphQLField<unknown, RequestContext>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const item = getNamedType(field.type);
  const charge = isCompositeType(item) ? chargeObjects : chargeScalars;
  field.resolve = (source, args, context, info) => {
    const { budget } = context;
    budget.check();
    const list: unknown = resolve(source, args, context, info);
    if (!(list instanceof Promise)) return charge(context, list, info, item.name);
    return list.then((resolved: unknown) => charge(context, resolved, info, item.name));
  };
}

/** A single object of the query, such as `run(id)`, so that errors inside name it. */
function noteRow(field: GraphQLField<unknown, RequestContext>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const { name } = getNamedType(field.type);
  field.resolve = async (source, args, context, info) => {
    const row: unknown = await resolve(source, args, context, info);
    context.rows.note(info.path, name, row);
    return row;
  };
}

function chargeObjects(
  { budget, rows }: RequestContext,
  list: unknown,
  info: GraphQLResolveInfo,
  type: string,
): unknown {
  if (!Array.isArray(list)) return list;
  budget.chargeFields(list.length * fieldsAsked(info).size);
  rows.note(info.path, type, list);
  return list;
}

function chargeScalars({ budget }: RequestContext, list: unknown): unknown {
  if (Array.isArray(list)) budget.chargeBytes(list.length * bytesPerScalar);
  return list;
}
