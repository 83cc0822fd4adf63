/** Charges every list of an answer to the budget of its request, by its real length, as it is resolved. */
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
import type { Budget } from './budget.ts';
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
    }
  }
  return schema;
}

function chargeField(field: GraphQLField<unknown, RequestContext>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const charge = isCompositeType(getNamedType(field.type)) ? chargeObjects : chargeScalars;
  field.resolve = (source, args, context, info) => {
    const { budget } = context;
    budget.check();
    const list: unknown = resolve(source, args, context, info);
    if (!(list instanceof Promise)) return charge(budget, list, info);
    return list.then((resolved: unknown) => charge(budget, resolved, info));
  };
}

function chargeObjects(budget: Budget, list: unknown, info: GraphQLResolveInfo): unknown {
  if (Array.isArray(list)) budget.chargeFields(list.length * fieldsAsked(info).size);
  return list;
}

function chargeScalars(budget: Budget, list: unknown): unknown {
  if (Array.isArray(list)) budget.chargeBytes(list.length * bytesPerScalar);
  return list;
}
