/** The report as one HTML page that needs nothing from anywhere. */
import type { Measurement, Verdict } from '@ritz/spectra';
import { formatNumber } from '../terminal/table.ts';
import { escapeMarkup, withMinus } from './escape-markup.ts';
import { replicateStrips } from './replicate-strips.ts';
import { claimedText, intervalText, type Report, type ReportedClaim, type ReportedRun } from './report.ts';
import { svgFigure, type FigureContext } from './svg-figure.ts';

const style = `
  :root { color-scheme: light dark; --page: #fff; --text: #1a1a1a; --quiet: #5a5a5a; --line: #ccc; --grid: #e3e3e3; --claimed: #0072b21c; --blue: #0072b2;
    --good: #0b4f30; --good-back: #d7f0e3; --bad: #7a2000; --bad-back: #fbdcd2; --open: #333; --open-back: #e8e8e8 }
  @media (prefers-color-scheme: dark) { :root { --page: #15181b; --text: #e8e8e8; --quiet: #a9adb1; --line: #4a4f54; --grid: #2b3035;
    --claimed: #56b4e926; --blue: #3d9bd9; --good: #a8e6c6; --good-back: #11402a; --bad: #ffbfa8; --bad-back: #5a210c; --open: #d6d6d6; --open-back: #363b40 } }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page) }
  h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin: 2.5rem 0 .3rem }
  table { border-collapse: collapse; margin: .7rem 0 } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  th { font-weight: 600; border-bottom: 1px solid var(--line) } .number { text-align: right; font-variant-numeric: tabular-nums }
  .interval { white-space: nowrap } .verdict { display: inline-block; padding: 0 .6rem; border-radius: 1rem; font-weight: 600; white-space: nowrap }
  .supports { background: var(--good-back); color: var(--good) } .contradicts { background: var(--bad-back); color: var(--bad) }
  .cannot { background: var(--open-back); color: var(--open) } .rule { color: var(--quiet) } a { color: inherit }
  .figure { overflow-x: auto } svg { display: block; width: 100%; min-width: 34rem; height: auto; margin: .5rem 0; color: var(--text) }
  svg text { font-size: 12px; fill: var(--text) } svg .title { font-weight: 600; font-size: 14px } svg .grid { stroke: var(--grid) }
  svg .drop { stroke: var(--quiet); stroke-dasharray: 2 4 } svg text.drop { stroke: none; fill: var(--quiet); font-size: 11px }
  svg .claimed { fill: var(--claimed) } svg .edge { stroke: var(--quiet) } svg .range { stroke: currentColor; stroke-width: 2 }
  svg .replicate { fill: var(--blue); fill-opacity: .6 }
  @media (max-width: 42rem) {
    td, th { padding-right: .6rem }
    .measured, .measured tbody { display: block } .measured tr:first-child { display: none } .measured tr { display: block; border-top: 1px solid var(--line); padding: .4rem 0 }
    .measured td { display: flex; justify-content: space-between; gap: 1rem; padding: .1rem 0; text-align: right }
    .measured td:first-child { text-align: left; font-weight: 600 } .measured td[data-of]::before { content: attr(data-of); color: var(--quiet) } }`;

function verdictMark(verdict: Verdict): string {
  return `<span class="verdict ${verdict.split(' ')[0]}">${verdict}</span>`;
}

function summaryRow({ id, statement, verdict }: ReportedClaim): string {
  return `<tr><td><a href="#${id}">${id}</a></td><td>${escapeMarkup(statement)}</td><td>${verdictMark(verdict)}</td></tr>`;
}

function measurementRow(one: Measurement): string {
  const { label, mean, replicates, verdict } = one;
  const [value, interval] = replicates.length === 0 ? ['not measured', ''] : [formatNumber(mean), intervalText(one)];
  return `<tr><td>${escapeMarkup(label)}</td><td class="number" data-of="mean">${withMinus(value)}</td>
<td class="interval" data-of="95 % interval">${withMinus(interval)}</td><td class="number" data-of="replicates">${replicates.length}</td>
<td class="interval" data-of="claimed">${withMinus(claimedText(one))}</td><td data-of="verdict">${verdictMark(verdict)}</td></tr>`;
}

function claimSection(claim: ReportedClaim, context: FigureContext): string {
  const { id, statement, rule, verdict, measurements, figure } = claim;
  return `<section id="${id}">
<h2>${id}: ${escapeMarkup(statement)}</h2>
<p>${verdictMark(verdict)}</p>
<table class="measured"><tr><th>measured</th><th class="number">mean</th><th>95 % interval</th><th class="number">replicates</th><th>claimed</th><th></th></tr>
${measurements.map(measurementRow).join('\n')}</table>
<p class="rule">Rule: ${escapeMarkup(rule)}</p>
<div class="figure">${replicateStrips(measurements)}</div>
<div class="figure">${svgFigure(figure, context)}</div>
</section>`;
}

function runRow({ name, parameters, spectra, finalLoss, leftOut }: ReportedRun): string {
  const loss = leftOut === null ? formatNumber(finalLoss) : `left out: ${escapeMarkup(leftOut)}`;
  return `<tr><td>${escapeMarkup(name)}</td><td class="number">${parameters.toLocaleString('en')}</td><td class="number">${spectra}</td><td class="number">${loss}</td></tr>`;
}

export function reportPage(report: Report): string {
  const { scale, command, engine, settings, drops, spectrumSeconds, runs, claims } = report;
  const context = { known: [...new Set(runs.map(({ setting }) => setting))], drops };
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Six claims on the Hessian spectrum, ${scale} scale</title><style>${style}</style></head><body>
<h1>Six claims on the Hessian spectrum, put to the test</h1>
<p>Claims of Ghorbani, Krishnan and Xiao, <em>An Investigation into Neural Net Optimization via Hessian Eigenvalue Density</em>
(ICML 2019, arXiv 1901.10159). Made by <code>${escapeMarkup(command)}</code>; products by ${escapeMarkup(engine)}, the spectra of all runs
in ${formatNumber(Math.round(spectrumSeconds / 6) / 10)} minutes.</p>
<p>${escapeMarkup(settings)}</p>
<p>Intervals are Student’s t over replicates. A number supports its claim when the whole interval lies where the claim says,
contradicts it when the whole interval lies on the other side, and otherwise cannot tell. A claim of several numbers is supported by all
of them together and contradicted by any. Under the numbers their replicates are drawn as dots, with mean and interval as a bar;
shaded is where the claim says that the number lies.</p>
<table><tr><th></th><th>claim</th><th>verdict</th></tr>
${claims.map(summaryRow).join('\n')}</table>
${claims.map((claim) => claimSection(claim, context)).join('\n')}
<h2>Runs</h2>
<table><tr><th>run</th><th class="number">parameters</th><th class="number">spectra</th><th class="number">final training loss</th></tr>
${runs.map(runRow).join('\n')}</table>
</body></html>
`;
}
