/** What very long runs cost: asked of an API that was just started, and asked again. */
import { startApiProcess } from './apiProcess.ts';
import { asking, type Ask } from './graphql.ts';
import { summarise, timeEach, type Latency } from './latency.ts';

const trajectory = `query ($id: ID!) { run(id: $id) { trajectory {
  step lambdaMax lambdaK lambdaMin ratio negativeMass outlierCount trace overlap { gradient k fraction } } } }`;

const history = `query ($id: ID!) { run(id: $id) { history(maxPoints: 400) {
  step epoch trainLoss testLoss trainAccuracy testAccuracy learningRate gradientNorm totalSteps downsampled } } }`;

const settings = `query ($id: ID!) { run(id: $id) { id name spectrumCount measuredOperators { operator block }
  steps(first: 50) { nodes { number trainLoss spectra { id } } } } }`;

const findings = `query ($ids: [ID!]!) { runs(filter: { ids: $ids }, first: 20) { nodes { id name architecture classes plannedSteps
  batchNorm residual tags history(maxPoints: 400) { step trainLoss } trajectory { step dataSize lambdaMax lambdaMin lambdaK
  lambdaKResidual ratio topSum outlierCount frobeniusNorm meanMagnitude nearZero: massWithin(share: 0.01)
  overlap { gradient k fraction } } } } }`;

/** As the page asks: in pages of 20 runs, at once. */
async function askFindings(ask: Ask, ids: readonly string[]): Promise<void> {
  await Promise.all([0, 20].map((from) => ask(findings, { ids: ids.slice(from, from + 20) })));
}

export interface Measured {
  readonly name: string;
  /** Of the 95th percentile, in milliseconds. */
  readonly limit: number;
  readonly latency: Latency;
}

const starts = 3;
const repeats = 20;

/**
 * @param long the run of 10,000 spectra and 100,000 steps.
 * @param runs at least 39 others.
 */
export async function longRunTimes(databaseUrl: string, long: string, runs: readonly string[]): Promise<Measured[]> {
  const forty = [long, ...runs.slice(0, 39)];
  const first = await firstAnswers(databaseUrl, (ask) => ask(trajectory, { id: long }));
  const firstFindings = await firstAnswers(databaseUrl, (ask) => askFindings(ask, forty));
  const again = await warm(databaseUrl, [
    (ask) => ask(trajectory, { id: long }),
    (ask) => askFindings(ask, forty),
    (ask) => ask(history, { id: long }),
    (ask) => ask(settings, { id: long }),
  ]);
  const [trajectories, decided, histories, heads] = again;
  return [
    { name: 'trajectory of 10,000 spectra, first answer of the API', limit: 1000, latency: first },
    { name: 'the same again', limit: 100, latency: trajectories },
    { name: 'Findings of 40 runs, one of them that, first answer of the API', limit: 2000, latency: firstFindings },
    { name: 'the same again', limit: 2000, latency: decided },
    { name: 'training curves of 100,000 steps in 400 points', limit: 1000, latency: histories },
    { name: 'head of the run of 10,000 spectra, and a page of its steps', limit: 100, latency: heads },
  ].flatMap(({ name, limit, latency }) => (latency ? [{ name, limit, latency }] : []));
}

type Question = (ask: Ask) => Promise<unknown>;

/** Each of an API of its own. */
async function firstAnswers(databaseUrl: string, question: Question): Promise<Latency> {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) {
    const api = await startApiProcess(databaseUrl);
    try {
      const { median } = await timeEach([0], () => question(asking(api.url)));
      times.push(median);
    } finally {
      await api.stop();
    }
  }
  return summarise(times);
}

async function warm(databaseUrl: string, questions: readonly Question[]): Promise<Latency[]> {
  const api = await startApiProcess(databaseUrl);
  const ask = asking(api.url);
  try {
    const latencies: Latency[] = [];
    for (const question of questions) {
      await question(ask);
      latencies.push(await timeEach(Array.from({ length: repeats }), () => question(ask)));
    }
    return latencies;
  } finally {
    await api.stop();
  }
}
