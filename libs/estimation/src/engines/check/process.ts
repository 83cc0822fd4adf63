/** The process that checks one engine: a native library that hangs or crashes takes only this process with it. */
import type { EngineName } from '../Engine.ts';
import { measureEngine, type Measured } from './measureEngine.ts';

export type CheckAnswer = Measured | { readonly failure: string };

let answer: CheckAnswer;
try {
  answer = await measureEngine(process.argv[2] as EngineName);
} catch (error) {
  answer = { failure: error instanceof Error ? error.message : String(error) };
}
process.send?.(answer, () => process.exit(0));
