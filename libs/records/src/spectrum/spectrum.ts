/** A spectrum: the settings and the cost of one Lanczos measurement, and what it measured. */
import { z } from 'zod';
import {
  finite,
  int32,
  integer,
  label,
  list,
  name,
  optional,
  text,
  uuid,
  withDefault,
  word,
} from '../fields/fields.ts';
import { curvatureOperators, precisions, preconditioners, probeLaws } from '../words/namedWords.ts';
import { batchNormModes, gradientKinds, lossReductions, reorthogonalisations } from '../words/words.ts';
import { energySchema } from './energy.ts';
import { overlapSchema } from './overlap.ts';
import { probeSchema } from './probe.ts';
import { constantTensors, parameterTensors } from './tensors.ts';
import { ritzVectorSchema, spaceOverlapSchema } from './topSpace.ts';

const maxProbes = 1000;
const maxOverlaps = 1000;
const maxRitzVectors = 1000;
const maxSpaceOverlaps = 10_000;
const maxWarnings = 1000;

/** Limit of m: a tridiagonal is decomposed in O(m²). */
const maxLanczosSteps = 10_000;

export const spectrumFields = {
  /** A UUID made by the client: sending the same spectrum again changes nothing. */
  id: uuid,
  runId: uuid,
  /** Step number; its row is created when it has not been logged. */
  step: int32({ min: 0 }),
  operator: withDefault(word(curvatureOperators), 'hessian'),
  /** `all`, or the name of a group of parameters. */
  block: withDefault(name, 'all'),
  /** P, where it is of P^(-1/2) A P^(-1/2) for the operator A. */
  preconditioner: withDefault(word(preconditioners), 'none'),
  /** n, the dimension of the operator. */
  parameterCount: integer({ min: 1 }),
  /** m, the Lanczos steps asked for; a probe that met an invariant subspace has fewer. */
  lanczosSteps: int32({ min: 1, max: maxLanczosSteps }),
  probeLaw: withDefault(word(probeLaws), 'sphere'),
  seed: integer(),
  reorthogonalisation: withDefault(word(reorthogonalisations), 'full'),
  precision: word(precisions),
  /** Examples the loss was taken over. */
  dataSize: integer({ min: 1 }),
  dataFingerprint: label,
  lossReduction: withDefault(word(lossReductions), 'mean'),
  weightDecayIncluded: withDefault(z.boolean(), false),
  batchNorm: withDefault(word(batchNormModes), 'none'),
  /** Examples of a mini-batch, where the matrix depends on them: gradient covariance, or batch norm over mini-batches. */
  batchSize: optional(integer({ min: 1 })),
  /** Matrix-vector products that it cost. */
  hvpCount: integer({ min: 0 }),
  seconds: finite({ min: 0 }),
  engine: label,
  /** What the reader of the results should know, such as the warnings of a model file. */
  warnings: withDefault(list(text, { max: maxWarnings }), []),
  /** The tensors that the operator acts on; null = not recorded. */
  parameterTensors: optional(parameterTensors),
  /** The tensors of the model that were held fixed; null = not recorded. */
  constants: optional(constantTensors),
  probes: list(probeSchema, { min: 1, max: maxProbes }),
  gradientOverlap: optional(list(overlapSchema, { max: maxOverlaps })).transform((overlaps) => overlaps ?? []),
  /** At most one for each kind of gradient. */
  gradientEnergy: optional(list(energySchema, { max: gradientKinds.length })).transform((energies) => energies ?? []),
  /** Of the largest eigenvalues. */
  ritzVectors: optional(list(ritzVectorSchema, { max: maxRitzVectors })).transform((vectors) => vectors ?? []),
  /** With the spaces of other steps of the run. */
  spaceOverlaps: optional(list(spaceOverlapSchema, { max: maxSpaceOverlaps })).transform((overlaps) => overlaps ?? []),
};

interface Measured {
  readonly lanczosSteps: number;
  readonly probes: readonly z.output<typeof probeSchema>[];
  readonly gradientOverlap: readonly z.output<typeof overlapSchema>[];
  readonly gradientEnergy: readonly z.output<typeof energySchema>[];
  readonly ritzVectors: readonly z.output<typeof ritzVectorSchema>[];
  readonly spaceOverlaps: readonly z.output<typeof spaceOverlapSchema>[];
}

/** The rules that tie fields of a spectrum to each other. */
export function checkMeasured(context: { readonly value: Measured; readonly issues: z.core.$ZodRawIssue[] }): void {
  const { lanczosSteps, probes, gradientOverlap, gradientEnergy, ritzVectors, spaceOverlaps } = context.value;
  const fault = (path: PropertyKey[], message: string): void => {
    context.issues.push({ code: 'custom', input: null, path, message });
  };
  const atMost = (path: PropertyKey[], { length }: readonly number[], max: number, what = ''): void => {
    if (length > max) fault(path, `expected at most ${what}${max} entries, got ${length}`);
  };
  gradientEnergy.forEach(({ alpha }, at) => atMost(['gradientEnergy', at, 'alpha'], alpha, maxLanczosSteps));
  probes.forEach(({ alpha, nodes }, at) => {
    if (nodes !== null) atMost(['probes', at, 'nodes'], nodes, maxLanczosSteps);
    if (alpha !== null) atMost(['probes', at, 'alpha'], alpha, lanczosSteps, 'lanczosSteps = ');
  });
  const distinct = (field: string, names: readonly string[]): void =>
    names.forEach((one, at) => {
      if (names.indexOf(one) !== at) fault([field, at], `expected each once, got ${one} again`);
    });
  distinct(
    'probes',
    probes.map(({ index }) => `index ${index}`),
  );
  distinct(
    'gradientOverlap',
    gradientOverlap.map(({ k, gradient }) => `K = ${k} of the ${gradient} gradient`),
  );
  distinct(
    'gradientEnergy',
    gradientEnergy.map(({ gradient }) => `the ${gradient} gradient`),
  );
  distinct(
    'ritzVectors',
    ritzVectors.map(({ index }) => `index ${index}`),
  );
  distinct(
    'spaceOverlaps',
    spaceOverlaps.map(({ step, k }) => `K = ${k} of step ${step}`),
  );
}

export const spectrumSchema = z.strictObject(spectrumFields).check(checkMeasured);

/** A spectrum as clients send it. */
export type NewSpectrum = Readonly<z.input<typeof spectrumSchema>>;
/** A spectrum that was checked, with its defaults filled in. */
export type SpectrumValues = Readonly<z.output<typeof spectrumSchema>>;
