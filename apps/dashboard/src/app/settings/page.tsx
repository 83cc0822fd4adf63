/** Access tokens, projects and storage. */
import type { Metadata } from 'next';
import { AccessDocument } from '@ritz/client';
import { LoadFailure } from '../../page/LoadFailure.tsx';
import { load } from '../../server/load.ts';
import { SettingsPage } from '../../settings/SettingsPage.tsx';

export const metadata: Metadata = { title: 'Settings' };
export const dynamic = 'force-dynamic';

export default async function Page() {
  const loaded = await load(AccessDocument, {});
  if (!loaded.ok) return <LoadFailure reason={loaded.reason} message={loaded.message} />;
  return <SettingsPage access={loaded.data.access} />;
}
