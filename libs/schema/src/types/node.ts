/** The Node interface: everything that has an identity of its own, found by its UUID. */
import { brandWithType } from '@pothos/core';
import { experiments, projects } from '@ritz/database';
import { builder } from '../builder.ts';
import { Experiment, Project, Run, Spectrum, Step } from './refs.ts';
import { requireUuid } from '../input/uuid.ts';

export const Node = builder.interfaceRef<{ readonly id: string }>('Node').implement({
  description: 'A thing with an identity of its own.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID, in lower case. Unique among everything stored.' }),
  }),
});

builder.queryField('node', (t) =>
  t.field({
    type: Node,
    nullable: true,
    description: 'The project, experiment, run, step or spectrum with this id; null if there is none.',
    args: {
      id: t.arg.id({ required: true, description: 'UUID of a project, an experiment, a run, a step or a spectrum.' }),
    },
    resolve: async (_root, { id }, { database, loaders }) => {
      const key = requireUuid('id', id);
      const [run, step, spectrum, [project], [experiment]] = await Promise.all([
        loaders.run.load(key),
        loaders.step.load(key),
        loaders.spectrum.load(key),
        projects.byIds(database, [key]),
        experiments.byIds(database, [key]),
      ]);
      // The brand tells the interface which of its types the row is.
      if (run) brandWithType(run, Run);
      if (step) brandWithType(step, Step);
      if (spectrum) brandWithType(spectrum, Spectrum);
      if (project) brandWithType(project, Project);
      if (experiment) brandWithType(experiment, Experiment);
      return run ?? step ?? spectrum ?? project ?? experiment ?? null;
    },
  }),
);
