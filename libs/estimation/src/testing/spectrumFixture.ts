/** The 3,010-parameter net whose exact spectrum is known from PyTorch and LAPACK, at initialisation and trained. */
import fs from 'node:fs';
import type { MeasuredSpectrum } from '@ritz/spectra';
import type { Model } from '../model/Model.ts';
import { decode, mlpModel } from './mlpFixture.ts';

interface StoredPoint {
  readonly parameters: string;
  readonly loss: number;
  readonly eigenvalues: string;
}

interface Stored extends Readonly<Record<'initial' | 'trained', StoredPoint>> {
  readonly layers: readonly [number, number, number];
  readonly pixels: string;
  readonly labels: string;
}

export interface KnownSpectrum {
  readonly model: Model;
  readonly inputs: Float64Array;
  readonly targets: Int32Array;
  readonly parameters: Float64Array;
  readonly loss: number;
  /** All n of them, ascending. */
  readonly eigenvalues: Float64Array;
  /** The same as a measured spectrum, to compare with. */
  readonly exact: MeasuredSpectrum;
}

export function knownSpectrum(point: 'initial' | 'trained'): KnownSpectrum {
  const file = new URL('../../../../tools/fixtures/spectrum/mlp.json', import.meta.url);
  const stored = JSON.parse(fs.readFileSync(file, 'utf8')) as Stored;
  const { parameters, loss, eigenvalues } = stored[point];
  const values = decode(eigenvalues);
  return {
    model: mlpModel(stored.layers, { activation: 'relu', loss: 'crossEntropy' }),
    inputs: Float64Array.from(Buffer.from(stored.pixels, 'base64'), (pixel) => pixel / 255),
    targets: Int32Array.from(Buffer.from(stored.labels, 'base64')),
    parameters: decode(parameters),
    loss,
    eigenvalues: values,
    exact: { dimension: values.length, probes: [{ nodes: values, weights: values.map(() => 1 / values.length) }] },
  };
}
