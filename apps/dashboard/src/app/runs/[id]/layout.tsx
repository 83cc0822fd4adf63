/** Answers 404 for a run that is not there: decided before anything of the page is sent, which the page itself is too late for. */
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
