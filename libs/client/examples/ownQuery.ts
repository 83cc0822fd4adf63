/**
 * A query of one's own, typed by the schema of the API: the compiler knows its variables and its answer, and refuses a field that the
 * schema does not have. It needs the package gql.tada, and nothing is generated.
 *
 *     RITZ_URL=http://127.0.0.1:4000 node ownQuery.js 5
 */
import { createClient } from '@ritz/client';
import type { RitzSchema } from '@ritz/client/schema';
import { initGraphQLTada } from 'gql.tada';

const graphql = initGraphQLTada<RitzSchema>();

const LargestEigenvalues = graphql(`
  query LargestEigenvalues($first: Int!) {
    runs(first: $first) {
      nodes {
        name
        optimiser
        trajectory {
          step
          lambdaMax
        }
      }
    }
  }
`);

const url = process.env['RITZ_URL'] ?? 'http://127.0.0.1:4000';
const client = createClient({ url: `${url}/graphql`, token: process.env['RITZ_TOKEN'] });
const { runs } = await client.request(LargestEigenvalues, { first: Number(process.argv[2] ?? 10) });
for (const { name, optimiser, trajectory } of runs.nodes) {
  console.log(`${name} (${optimiser}): λ₁ at most ${Math.max(...trajectory.lambdaMax)}`);
}
