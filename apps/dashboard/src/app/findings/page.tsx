/** The claims of the paper held against stored runs. */
import type { Metadata } from 'next';
import { RunNamesDocument } from '@ritz/client';
import { FindingsPage } from '../../findings/FindingsPage.tsx';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { FINDINGS_FROM } from '../../query/lists.ts';
import { load } from '../../server/load.ts';

export const metadata: Metadata = { title: 'Findings' };
export const dynamic = 'force-dynamic';

export default async function Page() {
  const loaded = await load(RunNamesDocument, { first: FINDINGS_FROM });
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  return <FindingsPage choosable={loaded.data.runs.nodes} />;
}
