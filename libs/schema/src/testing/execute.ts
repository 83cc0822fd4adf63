/** Executes operations on the schema in this process, on a real database, and counts the statements they send. */
import { execute as run, parse, validate, type ExecutionResult } from 'graphql';
import { fullAccess, withAccess, type Access } from '@ritz/database';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import type { Budget } from '../request/budget.ts';
import { createContext } from '../request/context.ts';
import { noCache, type DerivedCache } from '../request/DerivedCache.ts';
import { schema } from '../schema.ts';
import { finishedAnswer } from '../request/answer.ts';

/** A result as tests read it: indexable without end, every leaf unknown until it is compared. */
interface Result {
  readonly data: Record<string, never> | null;
  readonly errors: readonly { readonly message: string; readonly code: unknown; readonly path: string }[];
}

interface ExecuteOptions {
  /** Of whoever asks; everything unless given. */
  readonly access?: Access;
  /** None unless given, so that every query does all of its work. */
  readonly cache?: DerivedCache;
  /** That of every request unless given. */
  readonly budget?: Budget;
}

export interface TestSchema {
  /** Every statement sent since the list was last emptied. */
  readonly statements: string[];
  readonly database: TestDatabase['database'];
  execute(query: string, variables?: Record<string, unknown>, options?: ExecuteOptions): Promise<Result>;
  /** Runs the mutation `name` with `input`; `fields` are those of its payload beside `userErrors`. */
  mutate(name: string, input: object, fields: string): Promise<Record<string, never>>;
  stop(): Promise<void>;
}

export async function testSchema(): Promise<TestSchema> {
  const statements: string[] = [];
  const { database, stop } = await testDatabase({ onStatement: (statement) => statements.push(statement) });
  const execute = async (
    query: string,
    variables: Record<string, unknown> = {},
    { access = fullAccess, cache = noCache, budget }: ExecuteOptions = {},
  ): Promise<Result> => {
    const document = parse(query);
    const faults = validate(schema, document);
    const contextValue = createContext(withAccess(database, access), { cache, ...(budget && { budget }) });
    const result: ExecutionResult = faults.length
      ? { errors: faults }
      : await run({
          schema,
          document,
          variableValues: variables,
          contextValue,
        });
    const formatted = { ...result, errors: result.errors?.map((error) => error.toJSON()) };
    const { data, errors: shown = [] } = finishedAnswer(formatted, contextValue.rows);
    const errors = shown.map(({ message, extensions, path }) => ({
      message,
      code: extensions?.['code'],
      path: (path ?? []).join('.'),
    }));
    return { data: structuredClone(data ?? null) as Record<string, never> | null, errors };
  };
  return {
    statements,
    database,
    execute,
    mutate: async (name, input, fields) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
      const query = `mutation($input: ${type}) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
      const { data, errors } = await execute(query, { input });
      if (!data || errors.length) throw new Error(JSON.stringify(errors));
      return data[name] ?? {};
    },
    stop,
  };
}
