import type { ComparedRun } from './aligned.ts';

/** A run with the name and the style that all its curves on the page share. */
export interface NamedRun {
  readonly run: ComparedRun;
  readonly id: string;
  readonly label: string;
  readonly style: number;
}
