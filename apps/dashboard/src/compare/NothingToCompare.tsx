/** Shown when the address names no runs, or none that exist. */
import Link from 'next/link';
import { Notice } from '../page/Notice.tsx';

export function NothingToCompare({ missing }: { readonly missing: boolean }) {
  return (
    <Notice title={missing ? 'None of these runs exist' : 'Choose runs to compare'}>
      <p>
        {missing
          ? 'The link may be truncated, or its runs were deleted. '
          : 'Select two or more runs in the table and press Compare to draw their densities and trajectories on shared axes. '}
        <Link href="/runs">Back to runs</Link>
      </p>
    </Notice>
  );
}
