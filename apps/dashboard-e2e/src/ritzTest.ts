/** The test function of this package: a page that fails its test on a console error, an exception or a request elsewhere. */
import { test as base, expect } from '@playwright/test';

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the global set-up did not run.`);
  return value;
}

/** Origin of the API that the dashboard shows. */
export const apiUrl = (): string => given('RITZ_E2E_API');

const expectedInConsole = 'expected in the console';

/** Says that this test brings a message into the console on purpose, such as that of a 404. */
export function expectInConsole(text: string): void {
  base.info().annotations.push({ type: expectedInConsole, description: text });
}

export const test = base.extend({
  page: async ({ page }, use, info) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') {
        faults.push(`a request to another host: ${request.url()}`);
      }
    });
    // The tour of the first visit has a test of its own. Some addresses, such as about:blank, keep nothing.
    await page.addInitScript(() => {
      if (location.protocol.startsWith('http')) localStorage.setItem('ritz-tour', 'seen');
    });
    await use(page);
    const expected = info.annotations.flatMap(({ type, description }) =>
      type === expectedInConsole ? (description ?? []) : [],
    );
    expect(faults.filter((fault) => !expected.some((text) => fault.includes(text)))).toEqual([]);
  },
});

export { expect };
