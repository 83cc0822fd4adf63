/** Reports: pages of Markdown with figures. */
import { reports, type Report as ReportRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { requireUuid } from '../input/uuid.ts';
import { Project } from '../types/refs.ts';

const about = {
  title: 'At most 500 characters.',
  markdown: 'Markdown; a fenced block in the language `figure` is a figure of a run.',
  revision: '1 when it was created, one more with each change.',
  report: 'The report as it is stored now; null if there are `userErrors`.',
};

const Report = builder.objectRef<ReportRow>('Report').implement({
  description: 'A page of Markdown with figures of runs, of one project.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the report, in lower case.' }),
    project: t.field({
      type: Project,
      description: 'The project it belongs to.',
      resolve: ({ projectId }, _arguments, { loaders }) => loaders.project.load(projectId),
    }),
    title: t.exposeString('title', { description: about.title }),
    markdown: t.exposeString('markdown', { description: about.markdown }),
    revision: t.exposeInt('revision', { description: about.revision }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

builder.queryField('reports', (t) =>
  t.field({
    type: [Report],
    description: 'Reports, the latest change first, at most 1000.',
    resolve: (_root, _arguments, { database }) => reports.list(database),
  }),
);

builder.queryField('report', (t) =>
  t.field({
    type: Report,
    nullable: true,
    description: 'The report with this id; null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the report.' }) },
    resolve: (_root, { id }, { database }) => reports.byId(database, requireUuid('id', id)),
  }),
);

const CreateReportInput = builder.inputType('CreateReportInput', {
  description: 'The report to create.',
  fields: (t) => ({
    title: t.string({ required: true, description: about.title }),
    markdown: t.string({ required: true, description: about.markdown }),
    project: t.string({ description: 'Name of its project, created if there is none; "default" unless given.' }),
  }),
});

const EditReportInput = builder.inputType('EditReportInput', {
  description: 'The change of a report; what is not given stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID of the report.' }),
    revision: t.int({ required: true, description: 'That of the report as it was read.' }),
    title: t.string({ description: about.title }),
    markdown: t.string({ description: about.markdown }),
  }),
});

const DeleteReportInput = builder.inputType('DeleteReportInput', {
  description: 'The report to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'UUID of the report.' }) }),
});

interface Written {
  readonly report: ReportRow | null;
}

const written = { type: Report, nullable: true, description: about.report } as const;
const CreateReportPayload = payloadType<Written>('createReport', (t) => ({ report: t.expose('report', written) }));
const EditReportPayload = payloadType<Written>('editReport', (t) => ({ report: t.expose('report', written) }));

const DeleteReportPayload = payloadType<{ readonly deleted: boolean }>('deleteReport', (t) => ({
  deleted: t.exposeBoolean('deleted', { description: 'False when there was none.' }),
}));

builder.mutationField('createReport', (t) =>
  t.field({
    type: CreateReportPayload,
    description: 'Creates a report. Needs scope WRITE.',
    args: { input: t.arg({ type: CreateReportInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ report: await reports.create(database, input) }), { report: null }),
  }),
);

builder.mutationField('editReport', (t) =>
  t.field({
    type: EditReportPayload,
    description:
      'Changes a report, unless it was changed since it was read: then the error’s code is CONFLICT. Needs scope WRITE.',
    args: { input: t.arg({ type: EditReportInput, required: true, description: 'The change.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ report: await reports.edit(database, input) }), { report: null }),
  }),
);

builder.mutationField('deleteReport', (t) =>
  t.field({
    type: DeleteReportPayload,
    description: 'Deletes a report. Needs scope WRITE.',
    args: { input: t.arg({ type: DeleteReportInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ deleted: await reports.remove(database, input.id) }), { deleted: false }),
  }),
);
