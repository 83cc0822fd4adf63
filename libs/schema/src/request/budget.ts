/**
 * What one request may take while it is answered: hard ceilings on the fields resolved, the memory read into and the time, beside
 * what is estimated before it starts (see limits.ts). Work stops at the next list, load or computation after a ceiling is passed,
 * or after the client is gone.
 */
import { GraphQLError } from 'graphql';

export interface BudgetLimits {
  /** Fields resolved in lists of objects: the length of each list times the fields selected of its items. */
  readonly fields: number;
  /** Bytes of measurements and lists of numbers, estimated. */
  readonly bytes: number;
  /** Since the request began. */
  readonly milliseconds: number;
}

const budgetLimits: BudgetLimits = { fields: 500_000, bytes: 512 * 2 ** 20, milliseconds: 30_000 };

/** All requests of this process together; who would go beyond it is to come again. */
const sharedByteLimit = 1024 * 2 ** 20;
let sharedBytes = 0;

/** Bytes that all requests being answered have charged. */
export function bytesInUse(): number {
  return sharedBytes;
}

export type BudgetErrorCode = 'QUERY_TOO_LARGE' | 'QUERY_TIMEOUT' | 'SERVER_BUSY' | 'CLIENT_GONE';

/** Says which ceiling a request passed, and what to do. */
export class BudgetError extends GraphQLError {
  readonly code: BudgetErrorCode;
  /** The request whose it is. */
  readonly budget: Budget;

  constructor(budget: Budget, code: BudgetErrorCode, message: string) {
    super(message, { extensions: { code, used: budget.used(), ceilings: budget.limits } });
    this.code = code;
    this.budget = budget;
  }
}

export interface Budget {
  readonly limits: BudgetLimits;
  /** Every function but `used` and `end` throws a BudgetError once there is nothing left. */
  check(): void;
  chargeFields(fields: number): void;
  chargeBytes(bytes: number): void;
  used(): BudgetLimits;
  /** Gives back what was charged. What is charged after it throws: nobody waits for the answer. */
  end(): void;
}

export function createBudget(limits: BudgetLimits = budgetLimits): Budget {
  const began = performance.now();
  let [fields, bytes, ended] = [0, 0, false];

  const budget: Budget = {
    limits,
    used: () => ({ fields, bytes, milliseconds: Math.round(performance.now() - began) }),
    check() {
      if (ended) throw new BudgetError(budget, 'CLIENT_GONE', 'The client closed the connection.');
      if (performance.now() - began <= limits.milliseconds) return;
      const seconds = String(limits.milliseconds / 1000);
      const message = `This query took more than ${seconds} s. Ask for fewer runs (\`first\`) or fewer statistics.`;
      throw new BudgetError(budget, 'QUERY_TIMEOUT', message);
    },
    chargeFields(more) {
      fields += more;
      budget.check();
      if (fields <= limits.fields) return;
      const message =
        `This query resolves ${String(fields)} fields or more; the limit is ${String(limits.fields)}. ` +
        'Ask for fewer items (`first`, `steps`) or fewer fields of each.';
      throw new BudgetError(budget, 'QUERY_TOO_LARGE', message);
    },
    chargeBytes(more) {
      budget.check();
      const megabytes = (count: number): string => `${String(Math.ceil(count / 2 ** 20))} MiB`;
      if (bytes + more > limits.bytes) {
        const message =
          `This query reads ${megabytes(bytes + more)} or more; the limit is ${megabytes(limits.bytes)}. ` +
          'Ask for fewer spectra, or export the run.';
        throw new BudgetError(budget, 'QUERY_TOO_LARGE', message);
      }
      if (sharedBytes + more > sharedByteLimit) {
        const message = 'The server is answering other large queries. Try again in a few seconds.';
        throw new BudgetError(budget, 'SERVER_BUSY', message);
      }
      bytes += more;
      sharedBytes += more;
    },
    end() {
      if (ended) return;
      ended = true;
      sharedBytes -= bytes;
    },
  };
  return budget;
}
