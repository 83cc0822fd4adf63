'use client';
/** The Markdown of a report as a page. HTML in it is shown as text, and no picture of another host is fetched. */
import { createContext, useContext, useMemo, type ComponentProps } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { DrawnFigure } from './DrawnFigure.tsx';
import { commentLine, parseFigure, withLine } from './figureBlock.ts';

export interface ReportBodyProps {
  readonly markdown: string;
  /** Called with the Markdown that has another comment; null where none may be added. */
  readonly onComment: ((markdown: string) => void) | null;
}

const plugins = [remarkGfm];
const figureLanguage = 'language-figure';

/** What the blocks of a page need; the components stay the same, so that a figure is not drawn anew with each letter. */
const Page = createContext<ReportBodyProps>({ markdown: '', onComment: null });

/** The text of a fenced block in the language `figure`; null for other code. */
function figureText(node: ExtraProps['node']): string | null {
  const [code] = node?.children ?? [];
  if (code?.type !== 'element') return null;
  const names = code.properties['className'];
  if (!Array.isArray(names) || !names.includes(figureLanguage)) return null;
  const [text] = code.children;
  return text?.type === 'text' ? text.value : '';
}

function Block({ children, node }: ComponentProps<'pre'> & ExtraProps) {
  const { markdown, onComment } = useContext(Page);
  const text = figureText(node);
  const parsed = useMemo(() => (text === null ? null : parseFigure(text)), [text]);
  if (!parsed) return <pre className="my-3 overflow-x-auto rounded bg-sunken p-3 text-[13px]">{children}</pre>;
  if (!parsed.figure) {
    return (
      <p role="alert" className="my-3 rounded border border-warn px-3 py-2 text-[13px] text-warn">
        Figure: {parsed.fault}
      </p>
    );
  }
  const end = node?.position?.end.offset;
  const canComment = onComment !== null && end !== undefined;
  return (
    <DrawnFigure
      figure={parsed.figure}
      onComment={
        canComment
          ? (comment) => {
              onComment(withLine(markdown, end, commentLine(comment)));
            }
          : null
      }
    />
  );
}

const components: Components = {
  pre: Block,
  img: ({ alt, src }) => (
    <a className="text-accent underline" href={typeof src === 'string' ? src : '#'} rel="noreferrer">
      {alt ?? 'picture'}
    </a>
  ),
  a: ({ href, children }) => (
    <a className="text-accent underline" href={href} rel="noreferrer">
      {children}
    </a>
  ),
};

export function ReportBody(props: ReportBodyProps) {
  return (
    <Page value={props}>
      <div className="ritz-report">
        <Markdown remarkPlugins={plugins} components={components}>
          {props.markdown}
        </Markdown>
      </div>
    </Page>
  );
}
