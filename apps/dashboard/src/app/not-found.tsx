/** No such page. */
import Link from 'next/link';
import { Notice } from '../page/Notice.tsx';

export default function NotFound() {
  return (
    <Notice title="There is no such page">
      <p>
        The address may be mistyped. <Link href="/">All runs</Link>
      </p>
    </Notice>
  );
}
