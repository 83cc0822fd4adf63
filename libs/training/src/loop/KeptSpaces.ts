/** Ritz vectors of the steps that were measured before, kept so that their space can be compared with that of later steps. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { spaceOverlap, type FloatArray } from '@ritz/lanczos';
import { stableUuid, type SpaceOverlapValues } from '@ritz/records';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import type { SpectrumSeries } from './SpectrumSeries.ts';

/** Bytes of the vectors of one series, beyond which only those of the first step and of the newest steps stay. */
const defaultLimit = 2 ** 30;

type Vectors = readonly FloatArray[];

export class KeptSpaces {
  private readonly directory: string;
  private readonly limit: number;

  /** Of one series of a run, in a directory of its own below `parent`; what a stopped run left there is read. */
  constructor(parent: string, { operator, block, preconditioner }: SpectrumSeries, limit = defaultLimit) {
    this.directory = path.join(parent, stableUuid('ritz space', operator, block, preconditioner));
    this.limit = limit;
  }

  /** With the space of each earlier step that is kept, for every K that both have. */
  async overlaps(step: number, vectors: Vectors, counts: readonly number[]): Promise<SpaceOverlapValues[]> {
    const found: SpaceOverlapValues[] = [];
    for (const other of (await this.steps()).filter((one) => one < step)) {
      const before = await this.read(other);
      for (const k of counts.filter((one) => one <= Math.min(vectors.length, before.length))) {
        found.push({ step: other, k, overlap: spaceOverlap(vectors, before, k) });
      }
    }
    return found;
  }

  async keep(step: number, vectors: Vectors): Promise<void> {
    if (vectors.length === 0) return;
    const tensors = vectors.map((data, index) => [String(index), { shape: [data.length], data }] as const);
    await writeSafetensors(this.fileOf(step), {
      tensors: Object.fromEntries(tensors),
      metadata: { step: String(step) },
    });
    const bytes = vectors.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const [, ...later] = await this.steps();
    const spare = later.slice(0, Math.max(0, later.length + 1 - Math.max(2, Math.floor(this.limit / bytes))));
    for (const one of spare) await fs.rm(this.fileOf(one), { force: true });
  }

  private fileOf(step: number): string {
    return path.join(this.directory, `step-${step}.safetensors`);
  }

  /** Ascending. */
  private async steps(): Promise<number[]> {
    const files = await fs.readdir(this.directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return files
      .flatMap((file) => /^step-(\d+)\.safetensors$/.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  private async read(step: number): Promise<Vectors> {
    const { tensors } = await readSafetensors(this.fileOf(step));
    return Object.entries(tensors)
      .sort(([one], [two]) => Number(one) - Number(two))
      .map(([, { data }]) => data);
  }
}
