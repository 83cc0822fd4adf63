'use client';
/** Tags and notes of a run in the table, loaded on first use. */
import { lazy, Suspense } from 'react';
import type { RunNotesDialogProps } from './RunNotesDialog.tsx';

const RunNotesDialog = lazy(() =>
  import('./RunNotesDialog.tsx').then(({ RunNotesDialog }) => ({ default: RunNotesDialog })),
);

export function RunDialog(props: RunNotesDialogProps) {
  return (
    <Suspense>
      <RunNotesDialog {...props} />
    </Suspense>
  );
}
