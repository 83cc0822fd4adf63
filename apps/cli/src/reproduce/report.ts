/** The report of a reproduction: what was measured for each claim, the numbers, and what they decide; as JSON and as one HTML page. */
import type { Claim, ClaimResult, Measurement } from '@ritz/spectra';
import { formatNumber } from '../terminal/table.ts';
import type { Scale } from './plan.ts';
import { svgFigure } from './svg-figure.ts';

export interface ReportedClaim extends ClaimResult {
  readonly statement: string;
  readonly rule: string;
}

export interface Report {
  readonly scale: Scale;
  /** The command that makes it. */
  readonly command: string;
  readonly engine: string;
  readonly seconds: number;
  readonly runs: readonly {
    readonly name: string;
    readonly id: string;
    readonly spectra: number;
    readonly finalLoss: number;
  }[];
  readonly claims: readonly ReportedClaim[];
}

export function reported({ statement, rule }: Claim, result: ClaimResult): ReportedClaim {
  return { statement, rule, ...result };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function measurementText({ mean, interval, replicates }: Measurement): string {
  if (replicates.length === 0) return 'not measured';
  const range =
    interval === null ? 'no interval' : `95 % interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])}`;
  return `${formatNumber(mean)} (${range}, ${replicates.length} ${replicates.length === 1 ? 'replicate' : 'replicates'})`;
}

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
  h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .3rem }
  table { border-collapse: collapse; margin: .7rem 0 } td, th { padding: .2rem .9rem .2rem 0; text-align: left; vertical-align: top }
  .verdict { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-weight: 600 }
  .supports { background: #d7f0e3; color: #0b4f30 } .contradicts { background: #fbdcd2; color: #7a2000 } .cannot { background: #e8e8e8; color: #333 }
  .rule { color: #555 } svg { width: 100%; height: auto } svg text { font-size: 12px; fill: #333 } svg .title { font-weight: 600; font-size: 14px }
  svg .grid { stroke: #e3e3e3 }`;

function claimSection({ id, statement, rule, verdict, measurements, figure }: ReportedClaim): string {
  const rows = measurements.map(
    (one) => `<tr><td>${escape(one.label)}</td><td>${escape(measurementText(one))}</td></tr>`,
  );
  return `<section>
<h2>${id}: ${escape(statement)}</h2>
<p><span class="verdict ${verdict.split(' ')[0]}">${verdict}</span></p>
<table>${rows.join('')}</table>
<p class="rule">Rule: ${escape(rule)}</p>
${svgFigure(figure)}
</section>`;
}

/** One page that needs nothing from anywhere. */
export function reportHtml({ scale, command, engine, seconds, runs, claims }: Report): string {
  const rows = runs.map(
    ({ name, spectra, finalLoss }) =>
      `<tr><td>${escape(name)}</td><td>${spectra}</td><td>${formatNumber(finalLoss)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Six claims on the Hessian spectrum, ${scale} scale</title><style>${style}</style></head><body>
<h1>Six claims on the Hessian spectrum, put to the test</h1>
<p>Claims of Ghorbani, Krishnan and Xiao, <em>An Investigation into Neural Net Optimization via Hessian Eigenvalue Density</em>
(ICML 2019, arXiv 1901.10159). Made by <code>${escape(command)}</code> on ${escape(engine)}, in ${formatNumber(seconds / 60)} minutes.
Intervals are Student's t over replicates; a verdict needs the whole interval on one side.</p>
${claims.map(claimSection).join('\n')}
<h2>Runs</h2>
<table><tr><th>run</th><th>spectra</th><th>final training loss</th></tr>${rows.join('')}</table>
</body></html>
`;
}
