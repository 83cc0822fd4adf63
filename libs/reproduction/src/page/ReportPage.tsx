/** The report as one HTML page that loads nothing. */
import { counted, describeMore, describeUnits, formatNumber, ReplicateStrips } from '@ritz/charts';
import type { Measurement, Verdict } from '@ritz/spectra';
import { renderToStaticMarkup } from 'react-dom/server';
import {
  changedRules,
  claimedText,
  intervalText,
  type Report,
  type ReportedClaim,
  type ReportedRun,
} from '../report.ts';
import { ClaimChart } from './ClaimChart.tsx';
import { style } from './style.ts';

const verdictClasses: Readonly<Record<Verdict, string>> = {
  supports: 'supports',
  contradicts: 'contradicts',
  'no effect': 'undecided',
  'cannot tell': 'undecided',
};

function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return <span className={`verdict ${verdictClasses[verdict]}`}>{verdict}</span>;
}

function MeasurementRow({ measurement }: { readonly measurement: Measurement }) {
  const { label, mean, replicates, centre, p, verdict, decides } = measurement;
  const isMeasured = replicates.length > 0;
  return (
    <tr>
      <td>{label}</td>
      <td className="number" data-of="mean">
        {isMeasured ? formatNumber(mean) : 'not measured'}
      </td>
      <td className="interval" data-of="95 % interval">
        {isMeasured && intervalText(measurement)}
      </td>
      <td className="interval" data-of="replicates">
        {describeUnits(measurement)}
      </td>
      <td className="number" data-of="Hodges–Lehmann">
        {centre && formatNumber(centre.centre)}
      </td>
      <td className="number" data-of="p">
        {p !== null && formatNumber(p, 2)}
      </td>
      <td className="interval" data-of="claimed">
        {claimedText(measurement)}
      </td>
      <td data-of="verdict">
        {decides ? <VerdictMark verdict={verdict} /> : `${verdict}; not part of the rule`} {describeMore(measurement)}
      </td>
    </tr>
  );
}

/** One line for each reason. */
function ExcludedRuns({ excluded }: Pick<ReportedClaim, 'excluded'>) {
  const reasons = [...new Set(excluded.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const runs = excluded.filter((one) => one.reason === reason);
    const settings = [...new Set(runs.map(({ setting }) => setting))];
    return (
      <p key={reason} className="rule">
        Left out, {counted(runs.length, 'run')} of {settings.join('; ')}: {reason}.
      </p>
    );
  });
}

interface ClaimSectionProps {
  readonly claim: ReportedClaim;
  readonly settings: readonly string[];
  readonly drops: readonly number[];
}

function ClaimSection({ claim, settings, drops }: ClaimSectionProps) {
  const { id, statement, rule, verdict, measurements, excluded, figure } = claim;
  return (
    <section id={id}>
      <h2>
        {id}: {statement}
      </h2>
      <p>
        <VerdictMark verdict={verdict} />
      </p>
      <table className="measured">
        <tbody>
          <tr>
            <th>measured</th>
            <th className="number">mean</th>
            <th>95 % interval</th>
            <th>replicates</th>
            <th className="number">Hodges–Lehmann</th>
            <th className="number">p</th>
            <th>claimed</th>
            <th />
          </tr>
          {measurements.map((measurement) => (
            <MeasurementRow key={measurement.label} measurement={measurement} />
          ))}
        </tbody>
      </table>
      <p className="rule">Rule: {rule}</p>
      <ExcludedRuns excluded={excluded} />
      <div className="figure">
        <ReplicateStrips measurements={measurements} />
      </div>
      <div className="figure">
        <ClaimChart figure={figure} settings={settings} drops={drops} />
      </div>
    </section>
  );
}

function RunRow({ run }: { readonly run: ReportedRun }) {
  const { name, parameters, spectra, finalLoss, leftOut } = run;
  return (
    <tr>
      <td>{name}</td>
      <td className="number">{formatNumber(parameters)}</td>
      <td className="number">{spectra}</td>
      <td className="number">{leftOut === null ? formatNumber(finalLoss) : `left out: ${leftOut}`}</td>
    </tr>
  );
}

function ReportBody({ report }: { readonly report: Report }) {
  const { command, engine, settings, drops, spectrumSeconds, runs, claims } = report;
  const changed = changedRules(report);
  const names = [...new Set(runs.map(({ setting }) => setting))];
  return (
    <body>
      <h1>Six claims on the Hessian spectrum, put to the test</h1>
      <p>
        Claims of Ghorbani, Krishnan and Xiao,{' '}
        <em>An Investigation into Neural Net Optimization via Hessian Eigenvalue Density</em> (ICML 2019, arXiv
        1901.10159). Made by <code>{command}</code>. Hessian-vector products by {engine}; the spectra of all runs took{' '}
        {counted(Math.round(spectrumSeconds / 6) / 10, 'minute')}.
      </p>
      <ul>
        {settings.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>“Late” is the second half of a run’s spectra, N the number of images of a spectrum, n that of parameters.</p>
      {changed !== null && <p className="undecided">{changed}</p>}
      <p>
        Intervals are Student’s t over nets, or over seeds where there is one net: seeds of a net are alike. A number
        supports its claim when the whole interval lies where the claim says, and contradicts it when the whole interval
        lies on the other side; there is no effect when the 90 % interval holds only distances too small to matter. A
        claim of several numbers is supported if all of those that are part of its rule support it and contradicted if
        any of them contradicts it; either must hold at 5 % for the family of all claims (Holm). Below the numbers, dots
        are replicates, strokes the means of nets, and the bar is the mean with its interval; the shaded range is where
        the claim says that the number lies.
      </p>
      <table>
        <tbody>
          <tr>
            <th />
            <th>claim</th>
            <th>verdict</th>
          </tr>
          {claims.map(({ id, statement, verdict }) => (
            <tr key={id}>
              <td>
                <a href={`#${id}`}>{id}</a>
              </td>
              <td>{statement}</td>
              <td>
                <VerdictMark verdict={verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {claims.map((claim) => (
        <ClaimSection key={claim.id} claim={claim} settings={names} drops={drops} />
      ))}
      <h2>Runs</h2>
      <table>
        <tbody>
          <tr>
            <th>run</th>
            <th className="number">parameters</th>
            <th className="number">spectra</th>
            <th className="number">final training loss</th>
          </tr>
          {runs.map((run) => (
            <RunRow key={`${run.id} ${run.name}`} run={run} />
          ))}
        </tbody>
      </table>
    </body>
  );
}

export function reportPage(report: Report): string {
  const page = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Six claims on the Hessian spectrum, ${report.scale} scale`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <ReportBody report={report} />
    </html>
  );
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}
