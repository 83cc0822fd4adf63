/** Both sides of a comparison run in processes of their own, which have their own peaks of memory, and print what they measured as JSON. */
import { execFileSync } from 'node:child_process';

/** What the process printed. */
export function measuredBy(command: string, args: readonly string[]): unknown {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** RITZ_PYTHON, python3 or the system's: the first that has the package, and NumPy. */
export function findPython(needed: 'torch' | 'jax' = 'torch'): string | undefined {
  return [process.env['RITZ_PYTHON'], 'python3', '/usr/bin/python3'].find((python) => {
    if (!python) return false;
    try {
      execFileSync(python, ['-c', `import ${needed}, numpy`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
