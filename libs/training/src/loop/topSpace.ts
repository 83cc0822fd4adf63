/** The space of the largest eigenvalues of a measured matrix, in numbers. */
import {
  blockSpans,
  parameterBlocks,
  type BlockSelection,
  type MeasurableCurvature,
  type Model,
  type NamedShape,
  type ParameterBlock,
  type Spans,
} from '@ritz/estimation';
import {
  directionOverlap,
  inverseParticipation,
  massIn,
  orthonormalBasis,
  shareInSpan,
  type RitzVectors,
} from '@ritz/lanczos';
import type { RitzVectorValues, SpaceOverlapValues } from '@ritz/records';
import type { KeptSpaces } from './KeptSpaces.ts';

/** Directions in the parameters of the whole model, [n]. */
export interface TrainingDirections {
  /** Gradient of the next mini-batch, at these parameters. */
  readonly miniBatchGradient?: ArrayLike<number>;
  /** Difference that the next update makes. */
  readonly update?: ArrayLike<number>;
  /** The gradient of each class. */
  readonly classMeans?: readonly ArrayLike<number>[];
}

/** Some entries of a matrix. */
export interface VectorPart {
  readonly name: string;
  readonly spans: Spans;
}

/** Where these groups are in a matrix of these parameters. */
export function vectorParts(parameters: readonly NamedShape[], groups: readonly ParameterBlock[]): VectorPart[] {
  return groups.map((group) => ({ name: group.name, spans: blockSpans(parameters, group) }));
}

/** The groups of a whole model: its blocks, else its layers. */
export function modelParts(model: Model, blocks: BlockSelection = 'layers'): VectorPart[] {
  return vectorParts(model.parameters, parameterBlocks(model, blocks));
}

export interface TopSpaceOptions {
  readonly directions?: TrainingDirections;
  /** Groups of the entries of the matrix whose masses are recorded. Default: none. */
  readonly parts?: readonly VectorPart[];
  /** Those of the steps before; this one is added. */
  readonly spaces?: KeptSpaces;
}

export interface TopSpaceRecord {
  readonly ritzVectors: readonly RitzVectorValues[];
  readonly spaceOverlaps: readonly SpaceOverlapValues[];
}

interface MeasuredSpace {
  readonly step: number;
  readonly top: RitzVectors;
  /** Full-batch, in the coordinates of the matrix. */
  readonly gradient: ArrayLike<number>;
  readonly matrix: MeasurableCurvature;
  /** Every K of which spaces are compared. */
  readonly counts: readonly number[];
}

export async function measureTopSpace(
  { step, top, gradient, matrix, counts }: MeasuredSpace,
  { parts, directions = {}, spaces }: TopSpaceOptions,
): Promise<TopSpaceRecord> {
  const { miniBatchGradient, update, classMeans } = directions;
  const miniBatch = miniBatchGradient && matrix.coordinatesOf(miniBatchGradient, 'gradient');
  const displacement = update && matrix.coordinatesOf(update, 'displacement');
  const classes = classMeans && orthonormalBasis(classMeans.map((mean) => matrix.coordinatesOf(mean, 'gradient')));
  const ritzVectors = top.vectors.map((vector, index) => ({
    index,
    value: top.values[index] ?? Number.NaN,
    residual: top.residuals[index] ?? null,
    inverseParticipation: inverseParticipation(vector),
    massByBlock: parts?.map(({ name, spans }) => ({ block: name, mass: massIn(vector, spans) })) ?? null,
    gradientOverlap: directionOverlap(vector, gradient),
    miniBatchOverlap: miniBatch ? directionOverlap(vector, miniBatch) : null,
    updateOverlap: displacement ? directionOverlap(vector, displacement) : null,
    classShare: classes ? shareInSpan(vector, classes) : null,
  }));
  const spaceOverlaps = (await spaces?.overlaps(step, top.vectors, counts)) ?? [];
  await spaces?.keep(step, top.vectors);
  return { ritzVectors, spaceOverlaps };
}
