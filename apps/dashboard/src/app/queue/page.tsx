/** Spectrum jobs and workers. */
import type { Metadata } from 'next';
import { QueueDocument } from '@ritz/client';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { QueuePage } from '../../queue/QueuePage.tsx';
import { load } from '../../server/load.ts';

export const metadata: Metadata = { title: 'Queue' };
export const dynamic = 'force-dynamic';

export default async function Page() {
  const loaded = await load(QueueDocument, {});
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  return <QueuePage initial={loaded.data} />;
}
