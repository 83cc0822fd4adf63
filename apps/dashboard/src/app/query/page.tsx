/** GraphQL by hand. */
import { Suspense } from 'react';
import type { Metadata } from 'next';
import { Skeleton } from '../../page/Skeleton.tsx';
import { QueryPage } from '../../query-page/QueryPage.tsx';

export const metadata: Metadata = { title: 'Query' };

export default function Page() {
  return (
    <Suspense fallback={<Skeleton label="Loading page" />}>
      <QueryPage />
    </Suspense>
  );
}
