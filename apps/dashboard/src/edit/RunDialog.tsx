'use client';
/** Tags and notes of a run of the table, for as long as one looks at them. Its parts are loaded when they are first wanted. */
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
