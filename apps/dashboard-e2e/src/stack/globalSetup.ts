/** Starts and seeds what all tests share; they find it in the environment. */
import { seed } from '../seed/seed.ts';
import { startStack } from './startStack.ts';

/** Resolves to what ends it all. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startStack();
  try {
    await seed(stack.api.url);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  process.env['RITZ_E2E_DASHBOARD'] = stack.dashboard.url;
  process.env['RITZ_E2E_API'] = stack.api.url;
  return () => stack.stop();
}
