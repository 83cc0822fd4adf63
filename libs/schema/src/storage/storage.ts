/** storage: what the database takes on disk, and what the server keeps in memory. */
import { storage, type Storage as StorageShape, type TableStorage as TableStorageShape } from '@ritz/database';
import { builder } from '../builder.ts';
import { reading } from '../input/badInput.ts';
import type { CacheUse as CacheUseShape } from '../request/DerivedCache.ts';

const TableStorage = builder.objectRef<TableStorageShape>('TableStorage').implement({
  description: 'What one table takes on disk.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the table.' }),
    bytes: t.expose('bytes', { type: 'SafeInt', description: 'Bytes on disk, indexes included.' }),
    rows: t.expose('rows', { type: 'SafeInt', description: 'Rows, as the statistics of PostgreSQL estimate them.' }),
  }),
});

const CacheUse = builder.objectRef<CacheUseShape>('CacheUse').implement({
  description: 'Results that this server process keeps in memory so as not to compute them again.',
  fields: (t) => ({
    entries: t.exposeInt('entries', { description: 'Results held.' }),
    bytes: t.expose('bytes', { type: 'SafeInt', description: 'Bytes held, about.' }),
    capacity: t.expose('capacity', { type: 'SafeInt', description: 'Most bytes that it holds, about.' }),
    hits: t.expose('hits', { type: 'SafeInt', description: 'Questions answered from it since the process started.' }),
    misses: t.expose('misses', { type: 'SafeInt', description: 'Questions that had to be computed since then.' }),
  }),
});

const Storage = builder.objectRef<StorageShape>('Storage').implement({
  description: 'What is stored, and what it takes.',
  fields: (t) => ({
    databaseBytes: t.expose('databaseBytes', {
      type: 'SafeInt',
      description: 'Bytes of the whole database on disk, the catalogues of PostgreSQL too.',
    }),
    tables: t.field({
      type: [TableStorage],
      description: 'Its tables, the largest first.',
      resolve: ({ tables }) => [...tables],
    }),
    runCount: t.exposeInt('runCount', { description: 'Runs stored, archived ones too.' }),
    archivedRunCount: t.exposeInt('archivedRunCount', { description: 'Archived runs.' }),
    spectrumCount: t.exposeInt('spectrumCount', { description: 'Spectra stored.' }),
    bytesPerSpectrum: t.exposeFloat('bytesPerSpectrum', {
      nullable: true,
      description:
        'Bytes on disk of all spectra with their probes, overlaps and gradient energies, indexes included, divided by the ' +
        'number of spectra; null without a spectrum.',
    }),
    cache: t.field({
      type: CacheUse,
      description: 'The cache of the server process that answers.',
      resolve: (_storage, _arguments, { cache }) => cache.use(),
    }),
  }),
});

builder.queryField('storage', (t) =>
  t.field({
    type: Storage,
    description: 'What is stored, and what it takes. Needs a token for every project.',
    complexity: { field: 50, multiplier: 1 },
    resolve: (_root, _arguments, { database }) => reading(() => storage.measure(database)),
  }),
);
