/** What a client says about a measured spectrum, as a schema. */
import { z } from 'zod';
import { energySchema } from '../energies/energySchema.ts';
import { finite, int32, integer, label, name, optional, uuid, withDefault } from '../input/fields.ts';
import { overlapSchema } from '../overlaps/overlapSchema.ts';
import { probeSchema } from '../probes/probeSchema.ts';
import { batchNormMode } from '../schema/run.ts';
import { curvatureOperator, lossReduction, precision, probeLaw, reorthogonalisation } from '../schema/spectrum.ts';

const mostProbes = 1000;
const mostOverlaps = 1000;

/** m may not exceed this: a tridiagonal is decomposed in O(m²). */
const mostLanczosSteps = 10_000;

export const spectrumPayload = {
  id: uuid,
  runId: uuid,
  step: int32({ min: 0 }),
  operator: withDefault(z.enum(curvatureOperator.enumValues), 'HESSIAN'),
  block: withDefault(name, 'all'),
  parameterCount: integer({ min: 1 }),
  lanczosSteps: int32({ min: 1, max: mostLanczosSteps }),
  probeLaw: withDefault(z.enum(probeLaw.enumValues), 'SPHERE'),
  seed: integer(),
  reorthogonalisation: withDefault(z.enum(reorthogonalisation.enumValues), 'FULL'),
  precision: z.enum(precision.enumValues),
  dataSize: integer({ min: 1 }),
  dataFingerprint: label,
  lossReduction: withDefault(z.enum(lossReduction.enumValues), 'MEAN'),
  weightDecayIncluded: withDefault(z.boolean(), false),
  batchNorm: withDefault(z.enum(batchNormMode.enumValues), 'NONE'),
  hvpCount: integer({ min: 0 }),
  seconds: finite({ min: 0 }),
  engine: label,
  probes: z.array(probeSchema).min(1).max(mostProbes),
  gradientOverlap: optional(z.array(overlapSchema).max(mostOverlaps)).transform((overlaps) => overlaps ?? []),
  gradientEnergy: optional(z.array(energySchema).max(2)).transform((energies) => energies ?? []),
};

interface Measured {
  readonly lanczosSteps: number;
  readonly probes: readonly z.output<typeof probeSchema>[];
  readonly gradientOverlap: readonly z.output<typeof overlapSchema>[];
  readonly gradientEnergy: readonly z.output<typeof energySchema>[];
}

/** The rules that tie fields of a spectrum to each other. */
export function checkMeasured(context: { readonly value: Measured; readonly issues: z.core.$ZodRawIssue[] }): void {
  const { lanczosSteps, probes, gradientOverlap, gradientEnergy } = context.value;
  const fault = (path: PropertyKey[], message: string): void => {
    context.issues.push({ code: 'custom', input: null, path, message });
  };
  gradientEnergy.forEach(({ alpha }, at) => {
    if (alpha.length > mostLanczosSteps) {
      fault(['gradientEnergy', at, 'alpha'], `has ${alpha.length} entries; at most ${mostLanczosSteps} are expected`);
    }
  });
  probes.forEach(({ alpha, nodes }, at) => {
    if (nodes !== null && nodes.length > mostLanczosSteps) {
      fault(['probes', at, 'nodes'], `has ${nodes.length} entries; at most ${mostLanczosSteps} are expected`);
    }
    if (alpha !== null && alpha.length > lanczosSteps) {
      fault(
        ['probes', at, 'alpha'],
        `has ${alpha.length} entries; at most lanczosSteps = ${lanczosSteps} are expected`,
      );
    }
  });
  const distinct = (names: readonly string[], field: string): void =>
    names.forEach((one, at) => {
      if (names.indexOf(one) !== at) fault([field, at], `repeats ${one}; each is expected once`);
    });
  distinct(
    probes.map(({ index }) => `index ${index}`),
    'probes',
  );
  distinct(
    gradientOverlap.map(({ k, gradient }) => `K = ${k} of the ${gradient} gradient`),
    'gradientOverlap',
  );
  distinct(
    gradientEnergy.map(({ gradient }) => `the ${gradient} gradient`),
    'gradientEnergy',
  );
}

export const spectrumSchema = z.strictObject(spectrumPayload).check(checkMeasured);
