/**
 * Fields that are null only where the error beside it says why: a row that cannot be read, or a value that cannot be computed, takes
 * itself out of an answer and nothing else. `@semanticNonNull` tells clients that treat errors as errors that they never see the null.
 */
import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList } from 'graphql';

export const semanticNonNull = new GraphQLDirective({
  name: 'semanticNonNull',
  description:
    'Null only where an error of the answer has this path. `levels` says of which: 0 is the field itself, 1 the items of its list.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { levels: { type: new GraphQLList(GraphQLInt), defaultValue: [0], description: 'Which of its types.' } },
});

/** Options of a field that may fail alone. */
export const failsAlone = { nullable: true, extensions: { semanticNonNull: [0] } } as const;

/** Options of a list whose items may fail one by one. */
export const itemsFailAlone = {
  nullable: { list: false, items: true },
  extensions: { semanticNonNull: [1] },
} as const;
