/** The page for unknown addresses. */
import Link from 'next/link';
import { Notice } from '../page/Notice.tsx';

export default function NotFound() {
  return (
    <Notice title="Page not found">
      <p>
        The address may be mistyped. <Link href="/runs">All runs</Link>
      </p>
    </Notice>
  );
}
