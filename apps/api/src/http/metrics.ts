/** `GET /metrics` in the format of Prometheus: requests, durations, costs and queues. */
import { jobs, storage, type Database } from '@ritz/database';
import { bytesInUse } from '@ritz/schema';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Counts every request that passes it. */
  readonly count: RequestHandler;
  /** Answers with everything that was counted. */
  readonly answer: RequestHandler;
  /** Notes the cost of a GraphQL operation, as estimated before it ran. */
  noteCost(operation: string, cost: number): void;
  /** Notes what became of ingested lines. */
  noteLines(status: string, count: number): void;
}

/** Seconds: from an answer out of a cache to a query that is about to be ended. */
const latencies = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Minimum milliseconds between two counts of the rows, however often metrics are scraped. */
const rowsFor = 15_000;

/** Paths by what answers them: ids in them would make a series each. */
function routeOf(path: string): string {
  const [, first = '', second = ''] = path.split('/', 3);
  const known = ['graphql', 'graphiql', 'ingest', 'export', 'session', 'healthz', 'readyz', 'metrics', ''];
  if (!known.includes(first)) return 'other';
  return first === 'graphql' && second === 'stream' ? '/graphql/stream' : `/${first}`;
}

export function createMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    ...{ name: 'ritz_http_requests_total', help: 'Requests that were answered.', registers },
    labelNames: ['method', 'route', 'status'] as const,
  });
  const seconds = new Histogram({
    ...{ name: 'ritz_http_request_seconds', help: 'From the request to the end of its answer.', registers },
    ...{ labelNames: ['route'] as const, buckets: latencies },
  });
  const cost = new Histogram({
    ...{ name: 'ritz_graphql_cost', help: 'Estimated cost of GraphQL operations, in fields.', registers },
    ...{ labelNames: ['operation'] as const, buckets: [10, 100, 1000, 5000, 10_000, 25_000, 50_000] },
  });
  const lines = new Counter({
    ...{ name: 'ritz_ingest_lines_total', help: 'Lines that were ingested, by what became of them.', registers },
    labelNames: ['status'] as const,
  });
  new Gauge({
    ...{ name: 'ritz_database_connections', help: 'Connections to PostgreSQL, and who waits for one.', registers },
    labelNames: ['state'] as const,
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  new Gauge({
    ...{ name: 'ritz_query_memory_bytes', help: 'What the queries being answered have charged.', registers },
    collect() {
      this.set(bytesInUse());
    },
  });
  const parts = new Gauge({
    ...{ name: 'ritz_queue_parts', help: 'Parts of spectra for workers, by where they stand.', registers },
    labelNames: ['status'] as const,
  });
  const spectra = new Gauge({ name: 'ritz_spectra', help: 'Spectra that are stored.', registers });
  const reachable = new Gauge({ name: 'ritz_database_up', help: '1 while the database answers.', registers });

  let askAgain = 0;
  const countRows = async (): Promise<void> => {
    if (performance.now() < askAgain) return;
    askAgain = performance.now() + rowsFor;
    try {
      const [depth, { spectrumCount }] = await Promise.all([jobs.depth(database), storage.measure(database)]);
      for (const [status, count] of Object.entries(depth)) parts.set({ status: status.toLowerCase() }, count);
      spectra.set(spectrumCount);
      reachable.set(1);
    } catch {
      askAgain = 0;
      reachable.set(0);
    }
  };

  return {
    count(request, response, next) {
      const began = performance.now();
      const { method } = request;
      const route = routeOf(request.path);
      response.once('close', () => {
        requests.inc({ method, route, status: String(response.statusCode) });
        seconds.observe({ route }, (performance.now() - began) / 1000);
      });
      next();
    },
    async answer(_request, response) {
      await countRows();
      response.setHeader('Content-Type', registry.contentType);
      response.end(await registry.metrics());
    },
    noteCost: (operation, fields) => cost.observe({ operation }, fields),
    noteLines: (status, count) => lines.inc({ status: status.toLowerCase() }, count),
  };
}
