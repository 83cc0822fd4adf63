/** Logs steps: each number of a step is written once; sending it again changes nothing, sending another is refused. */
import { fields, isUuid, pathText, stepSchema } from '@ritz/records';
import { requireScope } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { runNotFound } from '../runs/find.ts';
import type { LogSteps, Step } from './Step.ts';
import { storeContradictions, type Contradicted } from './contradicted.ts';
import { writeSteps, type GivenStep } from './write.ts';

const stepsSchema = fields.list(stepSchema);

/**
 * Writes all steps or none. A number that was `null` may be filled in later.
 * @returns the steps as stored, in the order given.
 * @throws DatabaseError FORBIDDEN; NOT_FOUND for the run; CONFLICT naming the step and the field when another value is
 *   stored (or given twice here); NON_FINITE or INVALID naming the field.
 */
export async function log(database: Database, { runId, steps }: LogSteps): Promise<Step[]> {
  requireScope(database, 'write');
  if (!isUuid(runId)) throw runNotFound(runId, 'runId');
  const given = parse(stepsSchema, steps, ['steps']).map((one) => ({ ...one, runId: runId.toLowerCase() }));
  const contradicted: Contradicted = new Map();
  try {
    return await transaction(database, (orm) => write(database, orm, given, contradicted));
  } catch (error) {
    // Nothing of it is stored, but what it says of the run is true.
    if (contradicted.size > 0) await transaction(database, (orm) => storeContradictions(orm, contradicted));
    throw error;
  }
}

async function write(
  database: Database,
  orm: Executor,
  given: readonly GivenStep[],
  contradicted: Contradicted,
): Promise<Step[]> {
  const written = await writeSteps(database, orm, given, contradicted);
  return written.map((result, at) => {
    if (result.status !== 'REFUSED') return result.step;
    const { code, message, field } = result.error;
    if (code === 'NOT_FOUND') throw result.error;
    const path = ['steps', String(at)];
    throw new DatabaseError(code, `${pathText(path)}.${message}`, { field: [...path, ...(field ?? [])] });
  });
}
