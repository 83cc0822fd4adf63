/** The space of the largest eigenvalues: each of its Ritz vectors in numbers, and how it has turned since other steps. */
import { z } from 'zod';
import { finite, int32, list, name, optional } from '../fields/fields.ts';

/** A share is a ratio of rounded sums: it may come out a hair above 1. */
const share = finite({ min: 0, max: 1 + 1e-6 });
const maxBlocks = 5000;

/** One Ritz vector u, of unit length, and its Ritz value. */
export const ritzVectorSchema = z.strictObject({
  /** 0 is that of the largest Ritz value. */
  index: int32({ min: 0 }),
  value: finite(),
  /** ‖A u − λ u‖, in units of the eigenvalues. */
  residual: optional(finite({ min: 0 })),
  /** Σ u_i⁴: 1 / n for a vector that is spread evenly, 1 for a single entry. */
  inverseParticipation: optional(share),
  /** Σ u_i² over the entries of each group of parameters. */
  massByBlock: optional(list(z.strictObject({ block: name, mass: share }), { max: maxBlocks })),
  /** ⟨u, g⟩² / ‖g‖² of the full-batch gradient, of the gradient of the next mini-batch, and of the next update. */
  gradientOverlap: optional(share),
  miniBatchOverlap: optional(share),
  updateOverlap: optional(share),
  /** ‖P u‖² for the projection P on the span of the class means of the gradients (Papyan 2019, arXiv:1901.08244). */
  classShare: optional(share),
});

/** ‖V_tᵀ V_s‖²_F / K: how much of the span of the K largest Ritz vectors of step s is in that of this spectrum's step t. */
export const spaceOverlapSchema = z.strictObject({
  /** s */
  step: int32({ min: 0 }),
  k: int32({ min: 1 }),
  overlap: share,
});

export type NewRitzVector = Readonly<z.input<typeof ritzVectorSchema>>;
export type RitzVectorValues = Readonly<z.output<typeof ritzVectorSchema>>;
export type SpaceOverlapValues = Readonly<z.output<typeof spaceOverlapSchema>>;
