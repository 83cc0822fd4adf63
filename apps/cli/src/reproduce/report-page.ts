/** The report as one HTML page that needs nothing from anywhere. */
import type { Measurement, Verdict } from '@ritz/spectra';
import { formatNumber } from '../terminal/table.ts';
import { escapeMarkup } from './escape-markup.ts';
import { claimedText, intervalText, type Report, type ReportedClaim, type ReportedRun } from './report.ts';
import { svgFigure } from './svg-figure.ts';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
  h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .3rem }
  table { border-collapse: collapse; margin: .7rem 0 } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  th { font-weight: 600; border-bottom: 1px solid #ccc } .interval { white-space: nowrap } .number { text-align: right; font-variant-numeric: tabular-nums }
  .verdict { display: inline-block; padding: 0 .6rem; border-radius: 1rem; font-weight: 600; white-space: nowrap }
  .supports { background: #d7f0e3; color: #0b4f30 } .contradicts { background: #fbdcd2; color: #7a2000 } .cannot { background: #e8e8e8; color: #333 }
  .rule { color: #555 } a { color: inherit } svg { width: 100%; height: auto } svg text { font-size: 12px; fill: #333 }
  svg .title { font-weight: 600; font-size: 14px } svg .grid { stroke: #e3e3e3 }`;

function verdictMark(verdict: Verdict): string {
  return `<span class="verdict ${verdict.split(' ')[0]}">${verdict}</span>`;
}

function summaryRow({ id, statement, verdict }: ReportedClaim): string {
  return `<tr><td><a href="#${id}">${id}</a></td><td>${escapeMarkup(statement)}</td><td>${verdictMark(verdict)}</td></tr>`;
}

function measurementRow(one: Measurement): string {
  const { label, mean, replicates, verdict } = one;
  const numbers = replicates.length === 0 ? ['not measured', '', '0'] : [formatNumber(mean), intervalText(one)];
  return `<tr><td>${escapeMarkup(label)}</td><td class="number">${numbers[0]}</td><td class="interval">${numbers[1]}</td>
<td class="number">${replicates.length}</td><td class="interval">${claimedText(one)}</td><td>${verdictMark(verdict)}</td></tr>`;
}

function claimSection(claim: ReportedClaim, settings: readonly string[]): string {
  const { id, statement, rule, verdict, measurements, figure } = claim;
  return `<section id="${id}">
<h2>${id}: ${escapeMarkup(statement)}</h2>
<p>${verdictMark(verdict)}</p>
<table><tr><th>measured</th><th class="number">mean</th><th>95 % interval</th><th class="number">replicates</th><th>claimed</th><th></th></tr>
${measurements.map(measurementRow).join('\n')}</table>
<p class="rule">Rule: ${escapeMarkup(rule)}</p>
${svgFigure(figure, settings)}
</section>`;
}

function runRow({ name, parameters, spectra, finalLoss, leftOut }: ReportedRun): string {
  const loss = leftOut === null ? formatNumber(finalLoss) : `left out: ${escapeMarkup(leftOut)}`;
  return `<tr><td>${escapeMarkup(name)}</td><td class="number">${parameters}</td><td class="number">${spectra}</td><td>${loss}</td></tr>`;
}

export function reportPage({ scale, command, engine, settings, spectrumSeconds, runs, claims }: Report): string {
  const distinct = [...new Set(runs.map(({ setting }) => setting))];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Six claims on the Hessian spectrum, ${scale} scale</title><style>${style}</style></head><body>
<h1>Six claims on the Hessian spectrum, put to the test</h1>
<p>Claims of Ghorbani, Krishnan and Xiao, <em>An Investigation into Neural Net Optimization via Hessian Eigenvalue Density</em>
(ICML 2019, arXiv 1901.10159). Made by <code>${escapeMarkup(command)}</code>; products by ${escapeMarkup(engine)}, the spectra of all runs
in ${formatNumber(Math.round(spectrumSeconds / 6) / 10)} minutes.</p>
<p>${escapeMarkup(settings)}</p>
<p>Intervals are Student’s t over replicates. A number supports its claim when the whole interval lies where the claim says,
contradicts it when the whole interval lies on the other side, and otherwise cannot tell. A claim of several numbers is supported by all
of them together and contradicted by any.</p>
<table><tr><th></th><th>claim</th><th>verdict</th></tr>
${claims.map(summaryRow).join('\n')}</table>
${claims.map((claim) => claimSection(claim, distinct)).join('\n')}
<h2>Runs</h2>
<table><tr><th>run</th><th class="number">parameters</th><th class="number">spectra</th><th>final training loss</th></tr>
${runs.map(runRow).join('\n')}</table>
</body></html>
`;
}
