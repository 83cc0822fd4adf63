/** How a spectrum was measured: every setting as a field of Spectrum and as a field of the input that records it. */
import type { FieldMap } from '@pothos/core';
import type { Spectrum as SpectrumRow } from '@ritz/database';
import type { ConstantTensor as ConstantTensorShape, ParameterTensor as ParameterTensorShape } from '@ritz/records';
import { builder, type SchemaTypes } from '../builder.ts';
import {
  BatchNormMode,
  CurvatureOperator,
  LossReduction,
  Precision,
  Preconditioner,
  ProbeLaw,
  Reorthogonalisation,
} from '../types/enums.ts';
import { Engine, engineDeprecation } from '../types/engine.ts';

const about = {
  batchSize:
    'Examples of a mini-batch, where the matrix depends on them: gradient covariance, batch norm over mini-batches; null = not recorded.',
  name: 'Its name in the model.',
  shape: 'Its lengths.',
  count: 'How many of its entries are parameters.',
  reason: 'Why it was held fixed.',
  warnings: 'What the reader of the results should know, such as the warnings of the model file.',
  parameterTensors: 'The tensors that the operator acts on; null = not recorded.',
  constants: 'The tensors of the model that were held fixed; null = not recorded.',
};

const ParameterTensor = builder.objectRef<ParameterTensorShape>('ParameterTensor').implement({
  description: 'A tensor of the network that the operator acts on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: about.name }),
    shape: t.field({ type: ['Int'], description: about.shape, resolve: ({ shape }) => [...shape] }),
    count: t.expose('count', { type: 'SafeInt', description: about.count }),
  }),
});

const ConstantTensor = builder.objectRef<ConstantTensorShape>('ConstantTensor').implement({
  description: 'A tensor of the network that was held fixed.',
  fields: (t) => ({
    name: t.exposeString('name', { description: about.name }),
    shape: t.field({ type: ['Int'], description: about.shape, resolve: ({ shape }) => [...shape] }),
    reason: t.exposeString('reason', { description: about.reason }),
  }),
});

const ParameterTensorInput = builder.inputType('ParameterTensorInput', {
  description: 'A tensor of the network that the operator acts on.',
  fields: (t) => ({
    name: t.string({ required: true, description: about.name }),
    shape: t.intList({ required: true, description: about.shape }),
    count: t.field({ type: 'SafeInt', required: true, description: about.count }),
  }),
});

const ConstantTensorInput = builder.inputType('ConstantTensorInput', {
  description: 'A tensor of the network that was held fixed.',
  fields: (t) => ({
    name: t.string({ required: true, description: about.name }),
    shape: t.intList({ required: true, description: about.shape }),
    reason: t.string({ required: true, description: about.reason }),
  }),
});

/** Without lists by pages: a network has some hundred tensors. */
const listCost = { field: 1, multiplier: 1 };

/** Of the type Spectrum. */
export function settingFields(t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, SpectrumRow>): FieldMap {
  return {
    operator: t.expose('operator', { type: CurvatureOperator, description: 'Which matrix was measured.' }),
    block: t.exposeString('block', {
      description: '"all", or the name of the group of parameters it is restricted to.',
    }),
    preconditioner: t.expose('preconditioner', {
      type: Preconditioner,
      description: 'P, where it is of P^(-1/2) A P^(-1/2) for the operator A.',
    }),
    parameterCount: t.expose('parameterCount', { type: 'SafeInt', description: 'n, the dimension of the operator.' }),
    lanczosSteps: t.exposeInt('lanczosSteps', { description: 'm, Lanczos steps per probe.' }),
    probeLaw: t.expose('probeLaw', { type: ProbeLaw, description: 'Distribution of the start vectors.' }),
    seed: t.expose('seed', { type: 'SafeInt', description: 'Seed that the start vectors come from.' }),
    reorthogonalisation: t.expose('reorthogonalisation', {
      type: Reorthogonalisation,
      description: 'Whether the Lanczos vectors were kept orthogonal.',
    }),
    precision: t.expose('precision', { type: Precision, description: 'Arithmetic of the matrix-vector products.' }),
    dataSize: t.expose('dataSize', { type: 'SafeInt', description: 'Examples the loss was taken over.' }),
    dataFingerprint: t.exposeString('dataFingerprint', { description: 'Digest of those examples, in order.' }),
    lossReduction: t.expose('lossReduction', { type: LossReduction, description: 'Mean or sum over the examples.' }),
    weightDecayIncluded: t.exposeBoolean('weightDecayIncluded', {
      description: 'Whether weight decay is part of the loss.',
    }),
    batchNorm: t.expose('batchNorm', { type: BatchNormMode, description: 'Statistics that batch normalisation used.' }),
    batchSize: t.expose('batchSize', { type: 'SafeInt', nullable: true, description: about.batchSize }),
    hvpCount: t.expose('hvpCount', { type: 'SafeInt', description: 'Matrix-vector products that were computed.' }),
    seconds: t.exposeFloat('seconds', { description: 'Wall time of the measurement, in seconds.' }),
    engine: t.exposeString('engine', {
      description: 'What computed the products, such as "onnx-cpu".',
      deprecationReason: engineDeprecation,
    }),
    computedBy: t.field({
      type: Engine,
      description: 'What computed the products.',
      resolve: ({ engine }) => ({ name: engine }),
    }),
    warnings: t.field({ type: ['String'], description: about.warnings, resolve: ({ warnings }) => warnings }),
    parameterTensors: t.field({
      type: [ParameterTensor],
      nullable: true,
      description: about.parameterTensors,
      complexity: listCost,
      resolve: ({ parameterTensors }) => parameterTensors && [...parameterTensors],
    }),
    constants: t.field({
      type: [ConstantTensor],
      nullable: true,
      description: about.constants,
      complexity: listCost,
      resolve: ({ constants }) => constants && [...constants],
    }),
  };
}

/** Of the input of recordSpectrum. */
export function settingInputs(t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) {
  return {
    operator: t.field({ type: CurvatureOperator, defaultValue: 'hessian', description: 'Which matrix.' }),
    block: t.string({ defaultValue: 'all', description: '"all", or the name of a group of parameters.' }),
    preconditioner: t.field({
      type: Preconditioner,
      defaultValue: 'none',
      description: 'P, where it is of P^(-1/2) A P^(-1/2) for the operator A.',
    }),
    parameterCount: t.field({
      type: 'SafeInt',
      required: true,
      description: 'n, the dimension of the operator, at least 1.',
    }),
    lanczosSteps: t.int({
      required: true,
      description: 'm, Lanczos steps per probe, 1 to 10000. A probe that met an invariant subspace may hold fewer.',
    }),
    probeLaw: t.field({ type: ProbeLaw, defaultValue: 'sphere', description: 'Distribution of the start vectors.' }),
    seed: t.field({ type: 'SafeInt', required: true, description: 'Seed that the start vectors come from.' }),
    reorthogonalisation: t.field({
      type: Reorthogonalisation,
      defaultValue: 'full',
      description: 'Whether the Lanczos vectors were kept orthogonal.',
    }),
    precision: t.field({ type: Precision, required: true, description: 'Arithmetic of the matrix-vector products.' }),
    dataSize: t.field({
      type: 'SafeInt',
      required: true,
      description: 'Examples the loss was taken over, at least 1.',
    }),
    dataFingerprint: t.string({ required: true, description: 'Digest of those examples, in order.' }),
    lossReduction: t.field({
      type: LossReduction,
      defaultValue: 'mean',
      description: 'Mean or sum over the examples.',
    }),
    weightDecayIncluded: t.boolean({ defaultValue: false, description: 'Whether weight decay is part of the loss.' }),
    batchNorm: t.field({
      type: BatchNormMode,
      defaultValue: 'none',
      description: 'Statistics batch normalisation used.',
    }),
    batchSize: t.field({ type: 'SafeInt', description: about.batchSize }),
    hvpCount: t.field({ type: 'SafeInt', required: true, description: 'Matrix-vector products that were computed.' }),
    seconds: t.float({ required: true, description: 'Wall time of the measurement, in seconds.' }),
    engine: t.string({ required: true, description: 'What computed the products, such as "onnx-cpu".' }),
    warnings: t.stringList({ description: about.warnings }),
    parameterTensors: t.field({ type: [ParameterTensorInput], description: about.parameterTensors }),
    constants: t.field({ type: [ConstantTensorInput], description: about.constants }),
  };
}
