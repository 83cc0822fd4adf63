/** The columns of the table of runs: name, width, and from which width of the screen on they are shown. */
import type { ReactNode } from 'react';
import type { Filters } from './filters.ts';

export interface Column {
  readonly name: ReactNode;
  readonly sort?: Filters['sort'];
  readonly right?: boolean;
  readonly title?: string;
  /** Classes of all of its cells. */
  readonly shown: string;
  /** Class of its head; the first takes what is left. */
  readonly width: string;
}

const ALWAYS = '';
const TABLET = 'hidden md:table-cell';
const LAPTOP = 'hidden lg:table-cell';
const WIDE = 'hidden min-[1340px]:table-cell';

export const COLUMNS = {
  run: { name: 'Run', sort: 'NAME', shown: ALWAYS, width: '' },
  status: { name: 'Status', shown: TABLET, width: 'w-[104px]' },
  architecture: { name: 'Architecture', sort: 'ARCHITECTURE', shown: LAPTOP, width: 'w-[128px]' },
  data: { name: 'Data', sort: 'DATASET', shown: WIDE, width: 'w-[86px]' },
  rate: {
    name: 'Learning rate',
    title: 'How the learning rate changes over the steps',
    shown: LAPTOP,
    width: 'w-[148px]',
  },
  spectra: { name: 'Spectra', right: true, title: 'Measured spectra', shown: WIDE, width: 'w-[72px]' },
  loss: {
    name: 'Training loss',
    right: true,
    title: 'At the last step; the curve is on a log scale',
    shown: ALWAYS,
    width: 'w-[76px] sm:w-[146px]',
  },
  accuracy: { name: 'Test accuracy', right: true, shown: WIDE, width: 'w-[82px]' },
  lambda: {
    name: 'λ₁',
    right: true,
    title: 'Largest eigenvalue of the Hessian at the last measured step, and how it moved',
    shown: ALWAYS,
    width: 'w-[66px] sm:w-[136px]',
  },
  ratio: {
    name: (
      <>
        λ₁ / λ<sub>K</sub>
      </>
    ),
    right: true,
    title: 'Largest over K-th largest eigenvalue, K = classes, at the last measured step',
    shown: LAPTOP,
    width: 'w-[74px]',
  },
  created: { name: 'Created', sort: 'CREATED_AT', right: true, shown: WIDE, width: 'w-[104px]' },
} as const satisfies Record<string, Column>;
