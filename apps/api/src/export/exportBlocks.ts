/** `GET /export/runs/<id>/blocks.csv`: trace, trace per parameter, λ1 and effective rank of every block of a run at every step. */
import { blockTracesCsv, isUuid } from '@ritz/records';
import { blockTraces, type BudgetLimits } from '@ritz/schema';
import type { RequestHandler } from 'express';
import { grantOf } from '../access/grants.ts';
import { contextOf } from '../graphql/contextOf.ts';
import { RefusedError } from '../http/fault.ts';

export function exportBlocks(limits: BudgetLimits): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const context = contextOf(grantOf(request), response, limits);
    const traces = isUuid(id) ? await blockTraces(context, id.toLowerCase()) : null;
    if (traces === null) {
      throw new RefusedError({ status: 404, code: 'NOT_FOUND', message: `There is no run ${JSON.stringify(id)}.` });
    }
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', `attachment; filename="run-${id.toLowerCase()}-blocks.csv"`);
    response.send(blockTracesCsv(traces));
  };
}
