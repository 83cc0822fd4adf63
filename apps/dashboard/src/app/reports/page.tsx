/** All reports. */
import type { Metadata } from 'next';
import { ReportsDocument } from '@ritz/client';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { ReportsPage } from '../../reports/ReportsPage.tsx';
import { load } from '../../server/load.ts';

export const metadata: Metadata = { title: 'Reports' };
export const dynamic = 'force-dynamic';

export default async function Page() {
  const loaded = await load(ReportsDocument, {});
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  return <ReportsPage initial={loaded.data} />;
}
