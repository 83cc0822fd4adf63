/** One report. */
import { cache } from 'react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReportDocument } from '@ritz/client';
import { LoadFailure } from '../../../page/LoadFailure.tsx';
import { ReportPage } from '../../../reports/ReportPage.tsx';
import { isUuid, load } from '../../../server/load.ts';

export interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

const loadReport = cache((id: string) => load(ReportDocument, { id }));

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { id } = await params;
  const loaded = isUuid(id) ? await loadReport(id) : null;
  return { title: (loaded?.ok && loaded.data.report?.title) || 'Report' };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const loaded = await loadReport(id);
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  if (!loaded.data.report) notFound();
  return <ReportPage initial={loaded.data.report} />;
}
