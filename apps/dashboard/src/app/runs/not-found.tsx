/** No run has this id. */
import Link from 'next/link';
import { Notice } from '../../page/Notice.tsx';

export default function NotFound() {
  return (
    <Notice title="There is no such run">
      <p>No run with the id of this address is stored. Either</p>
      <ul className="list-disc space-y-1 pl-5">
        <li>the link was cut short: an id has 36 characters, such as a0000000-0000-4000-8000-000000000001;</li>
        <li>the run was deleted, which cannot be undone;</li>
        <li>it belongs to a project that your token does not see;</li>
        <li>it was recorded into another database than the one that this dashboard shows.</li>
      </ul>
      <p>
        <Link href="/">All runs</Link> · <Link href="/?archived=true">Archived runs</Link>
      </p>
    </Notice>
  );
}
