/** Finds the run that the user means by an id or a name. */
import { RunListDocument, type Client } from '@ritz/client';
import { CliError } from '../terminal/cliError.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of the run with this id or exactly this name. Throws a CliError when there is none, or more than one of that name. */
export async function findRun(client: Client, wanted: string): Promise<string> {
  const isId = uuid.test(wanted);
  const { runs } = await client.request(RunListDocument, {
    filter: isId ? { ids: [wanted] } : { search: wanted },
    first: 100,
  });
  const found = runs.nodes.filter(({ name }) => isId || name === wanted);
  const [run] = found;
  if (!run) {
    throw new CliError(
      `No run ${isId ? 'has the id' : 'is called'} "${wanted}". \`ritz runs list\` shows those stored.`,
    );
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new CliError(`${found.length} runs are called "${wanted}": choose one by its id, of ${ids}.`);
  }
  return run.id;
}
