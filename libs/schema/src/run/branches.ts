/** Forks and rewinds: which runs come from which. */
import { builder } from '../builder.ts';
import { pageCost } from '../types/connection.ts';
import { Run } from '../types/refs.ts';
import { RunConnection } from './run.ts';
import { listRuns, runListArguments } from './runsQuery.ts';

builder.objectFields(Run, (t) => ({
  parent: t.field({
    type: Run,
    nullable: true,
    description:
      'Of a fork, the run it went off from; of what a rewind superseded, the run that was rewound. null for others, or where the ' +
      'parent is not stored. Where the parent of a fork was rewound since to before `parentStep`, what was superseded of it.',
    resolve: ({ id, parentId }, _arguments, { loaders }) => (parentId === null ? null : loaders.parentOfRun.load(id)),
  }),
  parentStep: t.exposeInt('parentStep', {
    nullable: true,
    description: 'The last step that it shares with its parent; null without a parent.',
  }),
  supersededAt: t.expose('supersededAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When a rewind of its parent superseded it; null for a run that counts.',
  }),
  contradictedStep: t.exposeInt('contradictedStep', {
    nullable: true,
    description:
      'The lowest step that was sent again with other values, so that what follows may be of another training: nothing new of the ' +
      'run is stored behind it until a rewind, or a fork from before it. null while there is none.',
  }),
  forks: t.field({
    type: RunConnection,
    description: 'Runs that were forked from it, by pages.',
    args: runListArguments,
    complexity: pageCost,
    resolve: ({ id: parentId }, list, context) => listRuns(context, list, { parentId, superseded: false }),
  }),
  superseded: t.field({
    type: RunConnection,
    description:
      'What rewinds superseded of it, by pages: runs of their own, each with what it had beyond `parentStep`.',
    args: runListArguments,
    complexity: pageCost,
    resolve: ({ id: parentId }, list, context) => listRuns(context, list, { parentId, superseded: true }),
  }),
}));
