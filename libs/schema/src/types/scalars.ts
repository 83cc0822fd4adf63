/** Scalars beside the five of GraphQL: points in time, and integers beyond 32 bits. Both refuse what is not exact. */
import { GraphQLError, Kind } from 'graphql';
import { builder } from '../builder.ts';

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

builder.scalarType('DateTime', {
  description: 'A point in time, ISO 8601 with its offset from UTC, in milliseconds: `2025-01-31T12:00:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' && isoInstant.test(value) ? new Date(value) : null;
    if (!instant || Number.isNaN(instant.getTime())) {
      throw new GraphQLError(
        `DateTime: got ${JSON.stringify(value)}, expected ISO 8601 with an offset, such as "2025-01-31T12:00:00.000Z".`,
      );
    }
    return instant;
  },
});

function safeInt(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new GraphQLError(
      `SafeInt: got ${String(value)}, expected an integer between -(2^53 - 1) and 2^53 - 1, which JSON carries exactly.`,
    );
  }
  return value;
}

builder.scalarType('SafeInt', {
  description:
    'An integer of magnitude at most 2^53 - 1, sent as a JSON number: what an `Int` (32 bits) is too short for, such ' +
    'as a seed or the number of parameters of a large network.',
  serialize: safeInt,
  parseValue: safeInt,
  parseLiteral: (literal) => {
    if (literal.kind !== Kind.INT) throw new GraphQLError('SafeInt: expected an integer without quotes or fraction.');
    return safeInt(Number(literal.value));
  },
});
