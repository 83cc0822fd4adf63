/** No run to compare was named, or none of them exists. */
import Link from 'next/link';
import { Notice } from '../page/Notice.tsx';

export function NothingToCompare({ missing }: { readonly missing: boolean }) {
  return (
    <Notice title={missing ? 'None of these runs is stored' : 'Choose runs to compare'}>
      <p>
        {missing
          ? 'The link may be cut short, or its runs were deleted. '
          : 'Tick two or more runs in the table, then press Compare: their densities and trajectories are drawn on the same axes. '}
        <Link href="/">To the table of runs</Link>
      </p>
    </Notice>
  );
}
