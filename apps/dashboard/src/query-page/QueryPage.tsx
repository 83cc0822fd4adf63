'use client';
/** An editor for GraphQL with examples; the query is in the address, so that it can be shared. */
import { useState } from 'react';
import { parseAsString, useQueryState } from 'nuqs';
import { Play } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { examples } from './examples.ts';
import { runQuery } from './runQuery.ts';

const first = examples[0]?.text ?? '';

export function QueryPage() {
  const [text, setText] = useQueryState('query', parseAsString.withDefault(first).withOptions({ throttleMs: 500 }));
  const [variables, setVariables] = useState('{}');
  const answer = useMutation({ mutationFn: runQuery });
  const run = (): void => {
    answer.mutate({ query: text, variables });
  };
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Query</h1>
        <p className="text-[13px] text-muted">
          Query everything stored with GraphQL. Every field is documented in{' '}
          <a className="text-accent underline" href="/graphiql/">
            GraphiQL
          </a>
          , which also runs here.
        </p>
      </header>
      <div className="grid gap-4 lg:grid-cols-[220px_minmax(0,1fr)_minmax(0,1fr)]">
        <nav aria-label="Examples" className="panel p-2">
          <h2 className="eyebrow px-2 py-1.5">Examples</h2>
          <ul>
            {examples.map((example) => (
              <li key={example.name}>
                <button
                  type="button"
                  className="w-full rounded px-2 py-1.5 text-left text-[13px] hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent"
                  aria-pressed={example.text === text}
                  onClick={() => {
                    void setText(example.text);
                    answer.mutate({ query: example.text, variables: '{}' });
                  }}
                >
                  {example.name}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-col gap-2">
          <textarea
            aria-label="GraphQL query"
            className="field h-[44vh]! w-full sm:h-[60vh]! resize-y p-3! font-mono leading-relaxed"
            spellCheck={false}
            value={text}
            onChange={({ target }) => void setText(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                run();
              }
            }}
          />
          <label className="text-[12.5px] text-muted">
            Variables, as JSON
            <textarea
              className="field mt-1 h-16! w-full resize-y p-2! font-mono"
              spellCheck={false}
              value={variables}
              onChange={({ target }) => {
                setVariables(target.value);
              }}
            />
          </label>
          <div className="flex items-center gap-3">
            <button type="button" className="control-primary" onClick={run} disabled={answer.isPending}>
              <Play className="size-3.5" aria-hidden />
              Run
            </button>
            <span className="text-[12.5px] text-muted">Ctrl + Enter</span>
          </div>
        </div>
        <section aria-label="Answer" className="min-w-0">
          {answer.error && (
            <p role="alert" className="panel mb-2 border-bad/50 px-4 py-3 text-[13px] break-words">
              {answer.error.message}
            </p>
          )}
          <pre
            tabIndex={0}
            aria-label="Answer as JSON"
            className="panel max-h-[60vh] min-h-24 overflow-auto lg:h-[60vh] p-3 font-mono text-[12.5px] leading-relaxed"
          >
            {answer.data ?? (answer.isPending ? 'Running …' : 'The answer appears here.')}
          </pre>
        </section>
      </div>
    </>
  );
}
