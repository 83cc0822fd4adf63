/** Formats the summary that `ritz spectrum` prints. */
import { negativeMass, type Estimate } from '@ritz/spectra';
import pc from 'picocolors';
import { formatNumber } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { networkLines } from './network.ts';
import type { SpectrumReport } from './report.ts';

const shown = 10;
const shownTensors = 4;
const column = 16;

function estimate({ value, standardError }: Estimate): string {
  if (standardError === 0) return `${formatNumber(value)} (exact)`;
  return standardError === null ? formatNumber(value) : `${formatNumber(value)} ± ${formatNumber(standardError)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Formats the share of eigenvalues that are below zero by more than rounding. */
function negativeShare({ eigenvalues, parameters, probes }: SpectrumReport): string {
  if (!eigenvalues) return percent(negativeMass({ dimension: parameters, probes }).value);
  const scale = Math.max(...eigenvalues.map(Math.abs));
  return percent(eigenvalues.filter((value) => value < -1e-4 * scale).length / eigenvalues.length);
}

/** Where the leading Ritz vector lies. */
function vectorText({
  inverseParticipation,
  massByBlock,
  gradientOverlap,
}: SpectrumReport['ritzVectors'][number]): string {
  const heaviest = [...(massByBlock ?? [])].sort((one, two) => two.mass - one.mass).slice(0, 3);
  const masses = heaviest.map(({ block, mass }) => `${percent(mass)} in ${block}`);
  const spread = `inverse participation ratio ${formatNumber(inverseParticipation)}`;
  return [...(gradientOverlap === null ? [] : [`${percent(gradientOverlap)} of ‖g‖²`]), ...masses, spread].join(', ');
}

function batchNormOf(setting: SpectrumReport['settings'][string] | undefined): 'running' | 'minibatch' | null {
  return setting === 'running' || setting === 'minibatch' ? setting : null;
}

/** Formats one line for each quantity, and lists the top and the bottom of the spectrum. */
export function summaryOf(report: SpectrumReport, width: number | undefined): string {
  const { settings } = report;
  const list = (values: readonly number[]): string => values.slice(0, shown).map(formatNumber).join('  ');
  const overlap = report.overlap.map(({ k, fraction }) => `${percent(fraction)} in the top ${k}`).join(', ');
  const lines: [string, string][] = [
    ...networkLines({ ...report, batchNorm: batchNormOf(settings['batchNorm']) }, shownTensors),
    ['loss', `${formatNumber(report.loss)} (${settings['loss']} over ${settings['examples']} examples)`],
    ['gradient', `‖g‖ = ${formatNumber(report.gradientNorm)}${overlap === '' ? '' : `, ‖g‖²: ${overlap}`}`],
    ['trace', estimate(report.trace)],
    ['‖H‖ (Frobenius)', estimate(report.frobenius)],
    ['negative', `${negativeShare(report)} of the eigenvalues (below −1e-4 of the largest |λ|)`],
    ['largest λ', list(report.top)],
    ['smallest λ', list(report.bottom)],
    [
      'measured',
      `${settings['operator']}, m = ${settings['lanczosSteps']}, k = ${settings['probes']}, ${settings['precision']} on ` +
        `${settings['engine']}: ${settings['hvpCount']} products in ${formatNumber(Number(settings['seconds']))} s`,
    ],
  ];
  const [leading] = report.ritzVectors;
  if (leading) lines.push(['top vector', vectorText(leading)]);
  for (const { name, parameters, top, trace } of report.blocks) {
    const largest = formatNumber(top[0] ?? NaN);
    lines.push([name, `n = ${parameters}, λ1 = ${largest}, trace ${estimate(trace)}`]);
  }
  for (const warning of report.warnings) lines.push(['warning', warning]);
  return lines
    .map(([name, text]) => `${pc.dim(name.padEnd(column))} ${wrap(text, { indent: column + 1, width })}`)
    .join('\n');
}
