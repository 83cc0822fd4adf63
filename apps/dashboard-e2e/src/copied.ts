import type { Page } from '@playwright/test';
import { expect } from './ritzTest.ts';

/** What `click` puts into the clipboard: not what an earlier click left there, and not before it is there. */
export async function copied(page: Page, click: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await click();
  await expect.poll(read).not.toBe('');
  return read();
}
