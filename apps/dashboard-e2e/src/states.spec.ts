import { expect, expectInConsole, test } from './ritzTest.ts';
import { freePort } from '@ritz/testing';
import { startDashboard, startStack } from './stack/startStack.ts';

test('says that the API does not answer, and goes on once asked again', async ({ page }) => {
  expectInConsole('Failed to load resource');
  const port = await freePort();
  const dashboard = await startDashboard(`http://127.0.0.1:${String(port)}`);
  try {
    for (const path of ['/', '/runs', '/runs/a0000000-0000-4000-8000-000000000001']) {
      await page.goto(dashboard.url + path);
      const alert = page.getByRole('main').getByRole('alert');
      await expect(alert.getByRole('heading')).toHaveText('The Ritz API is not responding');
      await expect(alert).toContainText('npm start');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(alert.getByRole('heading')).toBeVisible();
    }
  } finally {
    await page.goto('about:blank');
    await dashboard.stop();
  }
});

test('comes back by itself once the API is started again', async ({ page }) => {
  expectInConsole('Failed to load resource');
  const stack = await startStack();
  try {
    await stack.killApi();
    await page.goto(stack.dashboard.url);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Retrying automatically.');
    await stack.restartApi();
    await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  } finally {
    await page.goto('about:blank');
    await stack.stop();
  }
});

test('tells how the first run gets into an empty database', async ({ page }) => {
  const stack = await startStack();
  try {
    await page.goto(stack.dashboard.url);
    await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
    await expect(page.getByText('npm run demo')).toBeVisible();
  } finally {
    await page.goto('about:blank'); // the page asks again every few seconds: nobody would answer
    await stack.stop();
  }
});

test('has a page for a run that does not exist and for a wrong address', async ({ page }) => {
  expectInConsole('404');
  for (const id of ['not-a-run', 'b0000000-0000-4000-8000-000000000009']) {
    const answer = await page.goto(`/runs/${id}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'Run not found' })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: 'All runs' })).toBeVisible();
  }
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('answers the browser 502 with GraphQL errors when the API is away', async ({ request }) => {
  const dashboard = await startDashboard(`http://127.0.0.1:${String(await freePort())}`);
  try {
    const answer = await request.post(`${dashboard.url}/api/graphql`, { data: { query: '{ __typename }' } });
    expect(answer.status()).toBe(502);
    expect(JSON.stringify(await answer.json())).toContain('API_UNREACHABLE');
  } finally {
    await dashboard.stop();
  }
});
