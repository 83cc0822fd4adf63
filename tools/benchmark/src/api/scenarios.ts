/** What is measured, and what it must not exceed. */
import type { Ask } from './graphql.ts';
import { timeEach, type Latency } from './latency.ts';

export interface Scenario {
  readonly name: string;
  /** Limit of the 95th percentile, in milliseconds. */
  readonly limit: number;
  measure(ask: Ask, sample: Sample): Promise<Latency>;
}

/** The entities to query; each is queried once, so that nothing is cached. */
export interface Sample {
  readonly runs: readonly string[];
  /** [run, step] of spectra. */
  readonly spectra: readonly (readonly [string, number])[];
}

const page = `query ($after: String) { runs(first: 50, after: $after) { totalCount pageInfo { endCursor } nodes {
  id name status architecture dataset batchNorm residual optimiser schedule { kind initial factor steps } tags createdAt
  spectrumCount history(maxPoints: 60) { step trainLoss testLoss trainAccuracy testAccuracy totalSteps } } } }`;

const density = `query ($id: ID!, $step: Int!) { run(id: $id) { spectrum(step: $step) {
  density(grid: { points: 1024 }) { lambda density lower upper sigma } } } }`;

const compare = `query ($ids: [ID!]!, $step: Int!) { runs(filter: { ids: $ids }, first: 20) { nodes { id
  spectrum(step: $step) { density(grid: { points: 1024 }) { lambda density lower upper sigma } outliers { values } } } } }`;

const comparison = `query ($ids: [ID!]!) { compare(runs: $ids, at: [60]) { differingSettings { name values } points {
  lambda sigma entries { run { id name } position density { density lower upper } }
  distances { wasserstein1 l1 jensenShannon } warnings { field severity } } } }`;

const evolution = `query ($id: ID!) { run(id: $id) { spectra { step { number }
  density(grid: { points: 512 }) { lambda density sigma } } } }`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'runs page, 50 rows with summaries',
    limit: 100,
    measure: async (ask) => {
      let after: string | null = null;
      return timeEach(Array.from({ length: 40 }), async () => {
        const { runs } = (await ask(page, { after })) as { runs: { pageInfo: { endCursor: string | null } } };
        after = runs.pageInfo.endCursor;
      });
    },
  },
  {
    name: 'one density of 1,024 points, cold',
    limit: 30,
    measure: (ask, { spectra }) => timeEach(spectra.slice(0, 200), ([id, step]) => ask(density, { id, step })),
  },
  {
    name: 'comparing 20 runs at one step',
    limit: 300,
    measure: (ask, { runs }) => timeEach(groups(runs.slice(0, 400), 20), (ids) => ask(compare, { ids, step: 60 })),
  },
  {
    name: 'comparison of 20 runs on one grid, with distances',
    limit: 300,
    measure: (ask, { runs }) => timeEach(groups(runs.slice(600, 1000), 20), (ids) => ask(comparison, { ids })),
  },
  {
    name: "a run's whole evolution, 50 densities",
    limit: 300,
    measure: (ask, { runs }) => timeEach(runs.slice(500, 520), (id) => ask(evolution, { id })),
  },
];

function groups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.floor(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
