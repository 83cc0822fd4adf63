/** engines: what the stored spectra were measured with. */
import { spectra, type EngineUse as EngineUseRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { Precision } from '../types/enums.ts';
import { Engine, engineDeprecation } from '../types/engine.ts';

const EngineUse = builder.objectRef<EngineUseRow>('EngineUse').implement({
  description: 'The stored spectra of one engine in one precision.',
  fields: (t) => ({
    engine: t.exposeString('engine', {
      description: 'What they were measured with, such as "onnx-cpu".',
      deprecationReason: engineDeprecation,
    }),
    computedBy: t.field({
      type: Engine,
      description: 'What they were measured with.',
      resolve: ({ engine }) => ({ name: engine }),
    }),
    precision: t.expose('precision', { type: Precision, description: 'Arithmetic of its matrix-vector products.' }),
    spectrumCount: t.exposeInt('spectrumCount', { description: 'How many spectra there are.' }),
    runCount: t.exposeInt('runCount', { description: 'How many runs they belong to.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', description: 'When the newest of them was stored.' }),
  }),
});

builder.queryField('engines', (t) =>
  t.field({
    type: [EngineUse],
    description:
      'Engines that the spectra which the caller sees were measured with, the one used last first; at most 100.',
    resolve: (_root, _arguments, { database }) => spectra.engines(database),
  }),
);
