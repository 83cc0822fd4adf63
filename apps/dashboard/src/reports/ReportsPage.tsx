'use client';
/** All reports, and a form for another. */
import { useState } from 'react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { CreateReportDocument, ReportsDocument, type ReportsQuery } from '@ritz/client';
import { request } from '../data/useApi.ts';
import { useLive } from '../data/useLive.ts';
import { EditFault } from '../edit/EditFault.tsx';
import { usePermissions } from '../edit/usePermissions.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

const firstText = `What was found, in a sentence.

\`\`\`figure
kind: density
run: 
step: last
\`\`\`
`;

export function ReportsPage({ initial }: { readonly initial: ReportsQuery }) {
  const router = useRouter();
  const { canEdit } = usePermissions();
  const reports = useLive(ReportsDocument, {}, initial)?.reports ?? [];
  const [title, setTitle] = useState('');
  const [fault, setFault] = useState<Error | null>(null);
  const create = async (): Promise<void> => {
    try {
      const { createReport } = await request(CreateReportDocument, { input: { title, markdown: firstText } });
      const [error] = createReport.userErrors;
      if (createReport.report) router.push(`/reports/${createReport.report.id}?edit=true`);
      else setFault(new Error(error?.message ?? 'The report was not created.'));
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <>
      <h1 className="mb-4 text-[22px] font-semibold tracking-tight">Reports</h1>
      {canEdit && (
        <form
          className="mb-5 flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void create();
          }}
        >
          <input
            className="field min-w-0 flex-1 sm:max-w-md"
            aria-label="Title of the new report"
            placeholder="Title"
            required
            maxLength={500}
            value={title}
            onChange={({ target }) => {
              setTitle(target.value);
            }}
          />
          <button type="submit" className="control-primary">
            New report
          </button>
        </form>
      )}
      <EditFault error={fault} />
      {reports.length === 0 ? (
        <p className="panel px-6 py-10 text-center text-muted">
          No reports yet. A report is a page of text with figures of your runs.
        </p>
      ) : (
        <ul className="panel divide-y divide-line">
          {reports.map((report) => (
            <li key={report.id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5">
              <Link className="min-w-0 font-medium break-words hover:underline" href={`/reports/${report.id}`}>
                <bdi>{report.title}</bdi>
              </Link>
              <span className="number text-[12.5px] text-muted">
                {report.project.name} · {dateFormat.format(new Date(report.updatedAt))} UTC
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
