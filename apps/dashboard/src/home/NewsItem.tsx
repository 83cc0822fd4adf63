/** One run that is worth a look: a sentence, its curve, its spectrum. */
import Link from 'next/link';
import { assignStyles, DensityGlyph, formatCompact, formatNumber, Sparkline } from '@ritz/charts';
import { Help } from '../help/Help.tsx';
import type { HomeRun, News } from './news.ts';

export interface NewsItemProps {
  readonly run: HomeRun;
  readonly news: News;
}

interface Looks {
  readonly word: string;
  readonly colour: string;
}

const looks: Readonly<Record<News['kind'], Looks>> = {
  diverged: { word: 'Diverged', colour: 'text-bad' },
  failed: { word: 'Failed', colour: 'text-bad' },
  edge: { word: 'At the edge', colour: 'text-warn' },
  jump: { word: 'λ₁ jumped', colour: 'text-live' },
};

export function NewsItem({ run, news }: NewsItemProps) {
  const { word, colour } = looks[news.kind];
  const style = assignStyles([run.id]).get(run.id) ?? 0;
  const { latestSpectrum: latest } = run;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 first:border-t-0 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <span className={`text-[12px] font-semibold ${colour}`}>{word}</span>
          <Link href={`/runs/${run.id}`} className="min-w-0 truncate font-medium text-accent hover:underline">
            <bdi>{run.name}</bdi>
          </Link>
        </p>
        <p className="number text-[13px]">
          <Sentence news={news} />
        </p>
      </div>
      {run.trajectory.step.length > 1 && (
        <Sparkline
          label="largest eigenvalue over the steps"
          x={run.trajectory.step}
          y={run.trajectory.lambdaMax}
          style={style}
          logX
          width={96}
        />
      )}
      {latest && (
        <DensityGlyph
          label={`density at step ${formatNumber(latest.step.number)}`}
          lambda={latest.density.lambda}
          density={latest.density.density}
          style={style}
          width={120}
          height={28}
        />
      )}
    </li>
  );
}

function Sentence({ news }: { readonly news: News }) {
  switch (news.kind) {
    case 'diverged':
      return (
        <>
          The training loss is {formatCompact(news.loss)} at step {formatNumber(news.step)}; it began at{' '}
          {formatCompact(news.first)}.
        </>
      );
    case 'failed':
      return <>The run ended by an error{news.step !== null && ` after step ${formatNumber(news.step)}`}.</>;
    case 'edge':
      return (
        <>
          <Help of="lambda1">λ₁</Help> = {formatCompact(news.lambda1)} is {formatNumber(news.share, 2)} × the{' '}
          <Help of={['stability', 'momentumStability']}>stability limit</Help> {news.formula} ={' '}
          {formatCompact(news.limit)} at step {formatNumber(news.step)}.
        </>
      );
    case 'jump':
      return (
        <>
          <Help of="lambda1">λ₁</Help> {news.to.value > news.from.value ? 'rose' : 'fell'} from{' '}
          {formatCompact(news.from.value)} to {formatCompact(news.to.value)} between steps{' '}
          {formatNumber(news.from.step)} and {formatNumber(news.to.step)}.
        </>
      );
  }
}
