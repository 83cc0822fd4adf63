/** Columns of the runs table: name, width and breakpoint. */
import type { ReactNode } from 'react';
import type { TermName } from '../help/terms.ts';

export interface Column {
  readonly name: ReactNode;
  /** A field, or the key of a column of values. */
  readonly sort?: string;
  readonly right?: boolean;
  readonly title?: string;
  /** What the question mark explains. */
  readonly help?: TermName;
  /** Classes of all of its cells. */
  readonly shown: string;
  /** Class of its header; the first column takes the remaining width. */
  readonly width: string;
}

const always = '';
const tablet = 'hidden md:table-cell';
const laptop = 'hidden lg:table-cell';
const wider = 'hidden min-[1120px]:table-cell';
const wide = 'hidden min-[1340px]:table-cell';

export const runColumns = {
  run: { name: 'Run', sort: 'NAME', shown: always, width: '' },
  status: { name: 'Status', shown: tablet, width: 'w-[104px]' },
  architecture: { name: 'Architecture', sort: 'ARCHITECTURE', shown: laptop, width: 'w-[128px]' },
  data: { name: 'Data', sort: 'DATASET', shown: wide, width: 'w-[86px]' },
  rate: {
    name: 'Learning rate',
    title: 'Learning-rate schedule',
    shown: laptop,
    width: 'w-[148px]',
  },
  spectra: { name: 'Spectra', right: true, title: 'Measured spectra', shown: wide, width: 'w-[72px]' },
  loss: {
    name: 'Training loss',
    sort: 'trainLoss.last',
    right: true,
    title: 'At the last step; the curve is on a log scale',
    shown: always,
    width: 'w-[88px] sm:w-[152px]',
  },
  accuracy: { name: 'Test accuracy', sort: 'testAccuracy.last', right: true, shown: wide, width: 'w-[82px]' },
  lambda: {
    name: 'λ₁',
    sort: 'lambdaMax.last',
    right: true,
    title: 'Largest eigenvalue of the Hessian at the last measured step, with its history',
    help: 'lambda1',
    shown: always,
    width: 'w-[84px] sm:w-[148px]',
  },
  density: {
    name: 'Density',
    title: 'Spectral density at the last measured step: log density over the whole range of λ, with 0 marked',
    help: 'density',
    shown: wider,
    width: 'w-[106px]',
  },
  ratio: {
    name: (
      <>
        λ₁ / λ<sub>K</sub>
      </>
    ),
    sort: 'ratio.last',
    right: true,
    title: 'Ratio of the largest to the K-th largest eigenvalue at the last measured step; K = number of classes',
    help: 'ratio',
    shown: laptop,
    width: 'w-[96px]',
  },
  created: { name: 'Created', sort: 'CREATED_AT', right: true, shown: wide, width: 'w-[104px]' },
} as const satisfies Record<string, Column>;
