/** No run has this id. */
import Link from 'next/link';
import { Notice } from '../../../page/Notice.tsx';

export default function NotFound() {
  return (
    <Notice title="There is no such run">
      <p>
        No run with this id is stored: the link may be cut short, or the run was deleted. <Link href="/">All runs</Link>
      </p>
    </Notice>
  );
}
