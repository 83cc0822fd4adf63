/** The Ritz vectors of the largest eigenvalues in numbers, and how their space has turned since other steps. */
import type { RitzVectorValues, SpaceOverlapValues } from '@ritz/records';
import { builder, type SchemaTypes } from '../builder.ts';
import { Spectrum } from '../types/refs.ts';
import { decompositionCost } from './statistics.ts';

const about = {
  index: '0 for the largest Ritz value, 1 for the one below it, ...',
  value: 'Ritz value, in units of the eigenvalues.',
  residual: '|A u - lambda u|: an eigenvalue lies within this distance of `value`; null = not recorded.',
  inverseParticipation:
    'Inverse participation ratio, the sum of u_i^4: 1/n for a vector spread evenly over n parameters, 1 for a single one; null = not recorded.',
  massByBlock: 'Share of |u|^2 in the entries of each group of parameters; null = not recorded.',
  gradientOverlap: '(u^T g)^2 / |g|^2 of the full-batch gradient g, 0 to 1; null = not recorded, or g is 0.',
  miniBatchOverlap: 'The same of the gradient of the next mini-batch; null = not recorded.',
  updateOverlap: 'The same of the next update of the optimiser; null = not recorded.',
  classShare:
    '|P u|^2, 0 to 1, of the projection P on the span of the class means of the gradients (Papyan 2019); null = not recorded.',
  block: 'Name of the group of parameters.',
  mass: 'Sum of u_i^2 over its entries, 0 to 1.',
  step: 'Number of the other step s.',
  k: 'K, the number of leading Ritz vectors.',
  overlap:
    '|V_t^T V_s|_F^2 / K, 0 to 1: how much of the span of the K leading Ritz vectors of step s is in that of this step t.',
};
const kinds = {
  vector: 'A Ritz vector u of one of the largest eigenvalues, of unit length, in numbers.',
  mass: 'How much of a Ritz vector is in a group of parameters.',
  overlap: 'How much of the space of the leading Ritz vectors of another step is in that of this one.',
};

type BlockMassShape = NonNullable<RitzVectorValues['massByBlock']>[number];

const BlockMass = builder.objectRef<BlockMassShape>('BlockMass').implement({
  description: kinds.mass,
  fields: (t) => ({
    block: t.exposeString('block', { description: about.block }),
    mass: t.exposeFloat('mass', { description: about.mass }),
  }),
});

const RitzVector = builder.objectRef<RitzVectorValues>('RitzVector').implement({
  description: kinds.vector,
  fields: (t) => {
    type Optional =
      'residual' | 'inverseParticipation' | `${'gradient' | 'miniBatch' | 'update'}Overlap` | 'classShare';
    const optional = (name: Optional) => t.exposeFloat(name, { nullable: true, description: about[name] });
    return {
      index: t.exposeInt('index', { description: about.index }),
      value: t.exposeFloat('value', { description: about.value }),
      residual: optional('residual'),
      inverseParticipation: optional('inverseParticipation'),
      massByBlock: t.field({
        type: [BlockMass],
        nullable: true,
        description: about.massByBlock,
        complexity: { field: 1, multiplier: 1 },
        resolve: ({ massByBlock }) => massByBlock && [...massByBlock],
      }),
      gradientOverlap: optional('gradientOverlap'),
      miniBatchOverlap: optional('miniBatchOverlap'),
      updateOverlap: optional('updateOverlap'),
      classShare: optional('classShare'),
    };
  },
});

const SpaceOverlap = builder.objectRef<SpaceOverlapValues>('SpaceOverlap').implement({
  description: kinds.overlap,
  fields: (t) => ({
    step: t.exposeInt('step', { description: about.step }),
    k: t.exposeInt('k', { description: about.k }),
    overlap: t.exposeFloat('overlap', { description: about.overlap }),
  }),
});

const BlockMassInput = builder.inputType('BlockMassInput', {
  description: kinds.mass,
  fields: (t) => ({
    block: t.string({ required: true, description: about.block }),
    mass: t.float({ required: true, description: about.mass }),
  }),
});

const RitzVectorInput = builder.inputType('RitzVectorInput', {
  description: kinds.vector,
  fields: (t) => ({
    index: t.int({ required: true, description: about.index }),
    value: t.float({ required: true, description: about.value }),
    residual: t.float({ description: about.residual }),
    inverseParticipation: t.float({ description: about.inverseParticipation }),
    massByBlock: t.field({ type: [BlockMassInput], description: about.massByBlock }),
    gradientOverlap: t.float({ description: about.gradientOverlap }),
    miniBatchOverlap: t.float({ description: about.miniBatchOverlap }),
    updateOverlap: t.float({ description: about.updateOverlap }),
    classShare: t.float({ description: about.classShare }),
  }),
});

const SpaceOverlapInput = builder.inputType('SpaceOverlapInput', {
  description: kinds.overlap,
  fields: (t) => ({
    step: t.int({ required: true, description: about.step }),
    k: t.int({ required: true, description: about.k }),
    overlap: t.float({ required: true, description: about.overlap }),
  }),
});

/** Of the input of recordSpectrum. */
export function topSpaceInputs(t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) {
  return {
    ritzVectors: t.field({
      type: [RitzVectorInput],
      description: 'Ritz vectors of the largest eigenvalues, each index once, at most 1000.',
    }),
    spaceOverlaps: t.field({
      type: [SpaceOverlapInput],
      description: 'Overlaps with the spaces of other steps, each step and K once, at most 10000.',
    }),
  };
}

builder.objectFields(Spectrum, (t) => ({
  ritzVectors: t.field({
    type: [RitzVector],
    description: 'The Ritz vectors of the largest eigenvalues in numbers, the largest first; empty if not recorded.',
    args: { first: t.arg.int({ description: 'Only so many of the largest, at least 0.' }) },
    complexity: { field: decompositionCost, multiplier: 10 },
    resolve: async ({ id }, { first }, { loaders }) => {
      const vectors = (await loaders.spaceOfSpectrum.load(id))?.ritzVectors ?? [];
      return vectors.slice(0, Math.max(0, first ?? vectors.length));
    },
  }),
  spaceOverlaps: t.field({
    type: [SpaceOverlap],
    description:
      'Overlaps of the space of its leading Ritz vectors with those of earlier steps, by step and K; empty if not recorded.',
    resolve: async ({ id }, _arguments, { loaders }) => [
      ...((await loaders.spaceOfSpectrum.load(id))?.spaceOverlaps ?? []),
    ],
  }),
}));
