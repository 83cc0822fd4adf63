'use client';
/** A density of a report with its comments, each pinned to a value of λ at this step. */
import { useMemo, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { densityCurve, densityFigure, DensityChart, formatNumber, measuredSpectrum } from '@ritz/charts';
import {
  curvatureOperatorNames,
  RunSpectraDocument,
  SpectrumProbesDocument,
  type CurvatureOperator,
  type Preconditioner,
} from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { nearestStep } from '../figure/nearest.ts';
import { nameOfBlock } from '../run/CurvatureControls.tsx';
import type { PinnedComment, ReportFigure } from './figureBlock.ts';

export interface PinnedDensityProps {
  readonly figure: ReportFigure;
  readonly of: { readonly operator: CurvatureOperator; readonly block: string; readonly preconditioner: Preconditioner };
  /** The measured ones, ascending. */
  readonly steps: readonly number[];
  readonly link: ReactNode;
  /** λ that a new comment is pinned to; null: none is being written. */
  readonly asked: number | null;
  readonly onAsk: (lambda: number | null) => void;
  readonly onComment: ((comment: PinnedComment) => void) | null;
}

const height = 320;
const view = { lambda: 'symlog', density: 'log', zoom: null } as const;

export function PinnedDensity({ figure, of, steps, link, asked, onAsk, onComment }: PinnedDensityProps) {
  const { run, spectrum, sigma, comments } = figure;
  const step = nearestStep(steps, figure.step);
  const frozen = useQuery({
    ...apiQuery(SpectrumProbesDocument, { id: spectrum ?? '' }, { staleTime: Infinity }),
    enabled: spectrum !== null,
  });
  const live = useQuery({
    ...apiQuery(RunSpectraDocument, { id: run, ...of, steps: step === null ? [] : [step] }),
    enabled: spectrum === null && step !== null,
  });
  const stored = spectrum === null ? live.data?.run?.spectra[0] : frozen.data?.spectrum;
  const drawn = useMemo(() => {
    if (!stored) return null;
    const measured = measuredSpectrum(stored);
    const curve = densityCurve(
      { id: 'density', label: 'density', style: 0, measured },
      { smoothing: sigma === null ? { kind: 'auto' } : { kind: 'absolute', sigma }, kernel: 'gaussian', zoom: null },
    );
    return { curve, figure: densityFigure([curve], view) };
  }, [stored, sigma]);
  const { error, isPending, refetch } = spectrum === null ? live : frozen;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Waiting height={height} />;
  if (!drawn?.figure) return <NothingMeasured>This spectrum does not exist.</NothingMeasured>;
  const at = spectrum === null && step !== null ? ` at step ${formatNumber(step)}` : '';
  return (
    <figure className="my-4" data-live={String(spectrum === null && figure.step === null)}>
      <DensityChart
        label={`Spectral density${at}`}
        figure={drawn.figure}
        height={height}
        pins={comments.map(({ lambda }) => lambda)}
        {...(onComment
          ? {
              onPick: (lambda: number) => {
                onAsk(lambda);
              },
            }
          : {})}
      />
      <figcaption className="text-[12.5px] text-muted">
        Spectral density of this {link}
        {at}, {curvatureOperatorNames[of.operator]} of {nameOfBlock(of.block)}, σ = {formatNumber(drawn.curve.sigma, 3)}
        {spectrum === null ? '' : ', kept as it was measured'}.
      </figcaption>
      {comments.length > 0 && (
        <ol aria-label="Comments" className="number mt-2 list-decimal space-y-1 pl-6 text-[13.5px]">
          {comments.map(({ lambda, text }, index) => (
            <li key={index}>
              <span className="text-muted">λ = {formatNumber(lambda)}:</span> {text}
            </li>
          ))}
        </ol>
      )}
      {onComment && <CommentForm asked={asked} onAsk={onAsk} onComment={onComment} />}
    </figure>
  );
}

interface CommentFormProps {
  readonly asked: number | null;
  readonly onAsk: (lambda: number | null) => void;
  readonly onComment: (comment: PinnedComment) => void;
}

function CommentForm({ asked, onAsk, onComment }: CommentFormProps) {
  const [text, setText] = useState('');
  if (asked === null) {
    return (
      <p className="ritz-not-exported mt-2 text-[12.5px] text-muted">
        Click the figure to comment, or{' '}
        <button
          type="button"
          className="text-accent underline"
          onClick={() => {
            onAsk(0);
          }}
        >
          add a comment
        </button>
        .
      </p>
    );
  }
  return (
    <form
      className="ritz-not-exported mt-2 flex flex-wrap items-center gap-2 text-[13px]"
      onSubmit={(event) => {
        event.preventDefault();
        onComment({ lambda: asked, text });
        setText('');
        onAsk(null);
      }}
    >
      <label className="flex items-center gap-1.5 text-muted">
        λ =
        <input
          className="field w-28"
          type="number"
          step="any"
          required
          value={Number(asked.toPrecision(4))}
          onChange={({ target }) => {
            onAsk(Number(target.value));
          }}
        />
      </label>
      <input
        className="field min-w-0 flex-1"
        aria-label="Comment"
        placeholder="Comment"
        required
        value={text}
        onChange={({ target }) => {
          setText(target.value);
        }}
      />
      <button type="submit" className="control-primary">
        Add comment
      </button>
      <button
        type="button"
        className="control"
        onClick={() => {
          onAsk(null);
        }}
      >
        Cancel
      </button>
    </form>
  );
}
