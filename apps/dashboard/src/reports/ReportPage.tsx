'use client';
/** One report: its page, and its Markdown beside it while it is edited. */
import { useRef, useState } from 'react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { DeleteReportDocument, EditReportDocument, type ReportQuery } from '@ritz/client';
import { request } from '../data/useApi.ts';
import { Confirm } from '../edit/Confirm.tsx';
import { EditFault } from '../edit/EditFault.tsx';
import { usePermissions } from '../edit/usePermissions.ts';
import { ShareLink } from '../figure/ShareLink.tsx';
import { exportReport } from './exportReport.ts';
import { ReportBody } from './ReportBody.tsx';

type Report = NonNullable<ReportQuery['report']>;

export function ReportPage({ initial }: { readonly initial: Report }) {
  const router = useRouter();
  const { canEdit } = usePermissions();
  const [report, setReport] = useState(initial);
  const [draft, setDraft] = useState(initial.markdown);
  const [title, setTitle] = useState(initial.title);
  const [editing, setEditing] = useQueryState('edit', parseAsBoolean.withDefault(false));
  const [fault, setFault] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const page = useRef<HTMLElement>(null);

  const store = async (markdown: string): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      const { editReport } = await request(EditReportDocument, {
        input: { id: report.id, revision: report.revision, title, markdown },
      });
      if (!editReport.report) {
        setFault(new Error(editReport.userErrors[0]?.message ?? 'The report was not changed.'));
        return false;
      }
      setReport(editReport.report);
      setDraft(editReport.report.markdown);
      return true;
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const remove = async (): Promise<void> => {
    await request(DeleteReportDocument, { input: { id: report.id } });
    router.push('/reports');
    router.refresh();
  };
  const isEditing = editing && canEdit;
  return (
    <>
      <p className="mb-1 text-[13px] text-muted">
        <Link href="/reports" className="hover:text-ink hover:underline">
          Reports
        </Link>{' '}
        / {report.project.name}
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {isEditing ? (
          <input
            className="field min-w-0 flex-1 text-[17px]! font-semibold"
            aria-label="Title"
            value={title}
            maxLength={500}
            onChange={({ target }) => {
              setTitle(target.value);
            }}
          />
        ) : (
          <h1 className="min-w-0 text-[22px] leading-tight font-semibold tracking-tight break-words">
            <bdi>{report.title}</bdi>
          </h1>
        )}
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          {isEditing ? (
            <>
              <button
                type="button"
                className="control-primary"
                disabled={busy || title.trim() === ''}
                onClick={() => {
                  void store(draft).then((stored) => (stored ? setEditing(null) : null));
                }}
              >
                Save
              </button>
              <button
                type="button"
                className="control"
                onClick={() => {
                  setDraft(report.markdown);
                  setTitle(report.title);
                  setFault(null);
                  void setEditing(null);
                }}
              >
                Cancel
              </button>
            </>
          ) : (
            <>
              <ShareLink />
              <button
                type="button"
                className="control"
                onClick={() => {
                  if (page.current) exportReport(page.current, report.title);
                }}
              >
                Export HTML
              </button>
              {canEdit && (
                <>
                  <button type="button" className="control" onClick={() => void setEditing(true)}>
                    Edit
                  </button>
                  <Confirm
                    trigger="Delete"
                    title="Delete this report?"
                    action="Delete report"
                    onConfirm={() => void remove()}
                  >
                    The report cannot be recovered. Its runs and spectra stay.
                  </Confirm>
                </>
              )}
            </>
          )}
        </div>
      </div>
      <EditFault error={fault} />
      <div className={isEditing ? 'grid gap-4 lg:grid-cols-2' : ''}>
        {isEditing && (
          <textarea
            aria-label="Markdown"
            className="field h-[70vh]! w-full py-2 font-mono leading-relaxed"
            spellCheck={false}
            value={draft}
            onChange={({ target }) => {
              setDraft(target.value);
            }}
          />
        )}
        <article ref={page} aria-label="Report" className="panel min-w-0 px-5 py-5 sm:px-8">
          <ReportBody
            markdown={isEditing ? draft : report.markdown}
            onComment={canEdit && !isEditing ? (markdown) => void store(markdown) : null}
          />
        </article>
      </div>
    </>
  );
}
