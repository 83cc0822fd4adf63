/** No run has this id. */
import Link from 'next/link';
import { Notice } from '../../page/Notice.tsx';

export default function NotFound() {
  return (
    <Notice title="Run not found">
      <p>No stored run has the id in this address. Either</p>
      <ul className="list-disc space-y-1 pl-5">
        <li>the link was truncated (an id has 36 characters, such as a0000000-0000-4000-8000-000000000001);</li>
        <li>the run was deleted, which cannot be undone;</li>
        <li>it belongs to a project that your token cannot access;</li>
        <li>it was recorded in a different database.</li>
      </ul>
      <p>
        <Link href="/runs">All runs</Link> · <Link href="/runs?archived=true">Archived runs</Link>
      </p>
    </Notice>
  );
}
