/** The Node interface: everything that has an identity of its own, found by its UUID. */
import { brandWithType } from '@pothos/core';
import { builder } from '../builder.ts';
import { Run, Spectrum, Step } from './refs.ts';
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
    description: 'The run, step or spectrum with this id; null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of a run, step or spectrum.' }) },
    resolve: async (_root, { id }, { loaders }) => {
      const key = requireUuid('id', id);
      const [run, step, spectrum] = await Promise.all([
        loaders.run.load(key),
        loaders.step.load(key),
        loaders.spectrum.load(key),
      ]);
      const found = run ?? step ?? spectrum;
      // The brand tells the interface which of its types the row is.
      if (found) brandWithType(found, run ? Run : step ? Step : Spectrum);
      return found;
    },
  }),
);
