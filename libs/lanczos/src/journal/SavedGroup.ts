/** Saves a group of probes to a journal, and restores the group from it. */
import { createHash } from 'node:crypto';
import { floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import type { LanczosJournal, ProbeProgress } from './LanczosJournal.ts';
import type { Probe } from '../probes/probe.ts';

export interface JournalOptions {
  readonly journal: LanczosJournal;
  /** Steps between two records. */
  readonly every: number;
}

/** Saved so far; the start vector is not saved, as the seed determines it. */
interface Written {
  steps: number;
  rows: number;
}

export class SavedGroup {
  private readonly probes: readonly Probe[];
  private readonly dimension: number;
  private readonly precision: Precision;
  private readonly options: JournalOptions;
  private readonly written: ReadonlyMap<Probe, Written>;
  private digest = '';
  private unsaved = 0;

  constructor(probes: readonly Probe[], dimension: number, precision: Precision, options: JournalOptions) {
    this.probes = probes;
    this.dimension = dimension;
    this.precision = precision;
    this.options = options;
    this.written = new Map(probes.map((probe) => [probe, { steps: 0, rows: probe.basis.size }]));
  }

  /**
   * Brings back everything that was saved of this group, up to a record about another; false when there was nothing. With
   * `amongOthers` records about other probes are passed over.
   */
  async restore(amongOthers = false): Promise<boolean> {
    const byIndex = new Map(this.probes.map((probe) => [probe.index, probe]));
    for (;;) {
      const progress = await this.options.journal.next((index) => amongOthers || byIndex.has(index));
      if (!progress) return this.digest !== '';
      this.digest = progress.digest;
      let row = 0;
      for (const { index, alpha, beta, breakdown, rows } of progress.probes) {
        const probe = byIndex.get(index);
        probe?.alpha.push(...alpha);
        probe?.beta.push(...beta);
        if (probe) probe.breakdown = breakdown;
        for (const stored of progress.rows.slice(row, row + rows)) probe?.basis.restore(stored);
        row += rows;
      }
      this.markWritten();
    }
  }

  /** Throws a LanczosError (CORRUPT_STATE) unless the products of the start vectors have the bits they had. */
  checkFirst(products: FloatArray): void {
    if (digestOf(products) === this.digest) return;
    throw new LanczosError(
      'CORRUPT_STATE',
      'The saved Lanczos state was measured with another operator: its first products differ from those computed now. ' +
        'Use the same model, parameters, data, engine and number of threads, or remove the state.',
    );
  }

  /** Must be called with the products of every step. */
  noteProducts(products: FloatArray): void {
    if (this.digest === '') this.digest = digestOf(products);
  }

  /** To be called after every step; `last` saves whatever is left. */
  async afterStep(last: boolean): Promise<void> {
    this.unsaved++;
    if (last || this.unsaved >= this.options.every) await this.save();
  }

  /** Writes the steps that are not saved yet. */
  async save(): Promise<void> {
    if (this.unsaved === 0) return;
    const progress: ProbeProgress[] = [];
    const rows: FloatArray[] = [];
    for (const [probe, done] of this.written) {
      const { index, alpha, beta, breakdown, basis } = probe;
      if (alpha.length === done.steps) continue;
      for (let r = done.rows; r < basis.size; r++) {
        const row = floatArray(this.precision, this.dimension);
        basis.copyRow(r, row);
        rows.push(row);
      }
      progress.push({
        index,
        alpha: alpha.slice(done.steps),
        beta: beta.slice(done.steps),
        breakdown,
        rows: basis.size - done.rows,
      });
    }
    await this.options.journal.append({ digest: this.digest, probes: progress, rows });
    this.markWritten();
  }

  private markWritten(): void {
    this.unsaved = 0;
    for (const [probe, done] of this.written) {
      done.steps = probe.alpha.length;
      done.rows = probe.basis.size;
    }
  }
}

function digestOf(products: FloatArray): string {
  const bytes = new Uint8Array(products.buffer, products.byteOffset, products.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}
