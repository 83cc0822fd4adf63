/**
 * Every statistic of a spectrum, once. The fields of GraphQL, the columns of trajectories, the report of the command and the
 * quantities of the dashboard are made from this list; the Python client is compared with it by a test.
 */
import { effectiveRankStatistic } from './effectiveRank.ts';
import {
  frobeniusNormStatistic,
  massNearZeroStatistic,
  massWithinStatistic,
  meanMagnitudeStatistic,
  negativeMassStatistic,
  tracePerParameterStatistic,
  traceStatistic,
} from './moments.ts';
import {
  lambdaKResidualStatistic,
  lambdaKStatistic,
  lambdaMaxStatistic,
  lambdaMinStatistic,
  outlierCountStatistic,
  ratioStatistic,
  topSumStatistic,
} from './outlierStatistics.ts';
import { quantileStatistic } from './quantiles.ts';
import type { Statistic } from './Statistic.ts';

export const statistics = {
  lambdaMax: lambdaMaxStatistic,
  lambdaMin: lambdaMinStatistic,
  lambdaK: lambdaKStatistic,
  lambdaKResidual: lambdaKResidualStatistic,
  topSum: topSumStatistic,
  ratio: ratioStatistic,
  outlierCount: outlierCountStatistic,
  negativeMass: negativeMassStatistic,
  massNearZero: massNearZeroStatistic,
  massWithin: massWithinStatistic,
  quantile: quantileStatistic,
  trace: traceStatistic,
  tracePerParameter: tracePerParameterStatistic,
  frobeniusNorm: frobeniusNormStatistic,
  meanMagnitude: meanMagnitudeStatistic,
  effectiveRank: effectiveRankStatistic,
} as const satisfies Readonly<Record<string, Statistic>>;

export type StatisticName = keyof typeof statistics;

export const statisticNames = Object.keys(statistics) as readonly StatisticName[];

/** Statistics that need no option: what a report or a table can show of any spectrum. */
export const plainStatisticNames = statisticNames.filter((name) =>
  Object.values<Statistic['options'][string]>(statistics[name].options).every(({ required }) => !required),
);
