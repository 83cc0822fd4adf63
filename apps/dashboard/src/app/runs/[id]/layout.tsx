/** Answers 404 for an unknown run. The layout decides, since the status is already sent when the page renders. */
import type { ReactNode } from 'react';
import { notFound } from 'next/navigation';
import { loadRun } from '../../../server/load.ts';

export interface LayoutProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly children: ReactNode;
}

export default async function RunLayout({ params, children }: LayoutProps) {
  const loaded = await loadRun((await params).id);
  if (loaded.ok && !loaded.data.run) notFound();
  return children;
}
