/** Scalars beside the five of GraphQL: points in time. */
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

builder.scalarType('DateTime', {
  description: 'A point in time, ISO 8601 with its offset from UTC, in milliseconds: `2025-01-31T12:00:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' && ISO_INSTANT.test(value) ? new Date(value) : null;
    if (!instant || Number.isNaN(instant.getTime())) {
      throw new GraphQLError(
        `DateTime: got ${JSON.stringify(value)}, expected ISO 8601 with an offset, such as "2025-01-31T12:00:00.000Z".`,
      );
    }
    return instant;
  },
});
