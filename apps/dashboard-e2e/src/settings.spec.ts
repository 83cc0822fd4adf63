/** Settings and sign-in: from a Ritz of one user to a shared one. */
import { AxeBuilder } from '@axe-core/playwright';
import { beginRun, endRun, writeSpectrum, writeSteps } from './seed/ingest.ts';
import { exampleRun } from './seed/example.ts';
import { post } from './seed/post.ts';
import { expect, expectInConsole, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

let stack: Stack;
let admin = '';
const run = exampleRun('shared run', 5);

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  stack = await startStack();
  const to = { api: stack.api.url };
  await beginRun(to, run);
  await writeSteps(to, run, 0, 5);
  await writeSpectrum(to, run, 5);
  await endRun(to, run);
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

test('shows engines, projects and storage as the API tells them, and creates a project', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/settings`);
  await expect(page.getByText('Tokens are off.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Engines' }).getByRole('row').nth(1)).toContainText('exact64 bits11');
  const projects = page.getByRole('group', { name: 'Projects' });
  await expect(projects.getByRole('row').nth(1)).toContainText('default');
  await page.getByRole('textbox', { name: 'Name of the new project' }).fill('warm-up');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByText('The project warm-up was created.')).toBeVisible();
  await expect(projects.getByRole('row').nth(2)).toContainText('warm-up000');
  await page.getByRole('textbox', { name: 'Name of the new project' }).fill('warm-up');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByText('The project warm-up already exists.')).toBeVisible();
  const { storage } = (await post(stack.api.url, '{ storage { spectrumCount tables { name } } }', {})) as {
    storage: { spectrumCount: number; tables: { name: string }[] };
  };
  const tables = page.getByRole('group', { name: 'Tables' });
  await expect(tables.getByRole('row')).toHaveCount(1 + storage.tables.length);
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText(`Spectra${String(storage.spectrumCount)}`);
});

test('the first token is created on the machine of the API, and signs its maker in', async ({ page, context }) => {
  await page.goto(`${stack.dashboard.url}/settings`);
  await expect(page.getByText('ritz token create --name you --scope admin')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create token' })).toHaveCount(0);
  const text = 'mutation { createToken(input: { name: "x", scope: ADMIN }) { secret } }';
  const answer = await page.request.post(`${stack.dashboard.url}/api/graphql`, { data: { query: text } });
  expect(answer.status()).toBe(403);
  admin = await stack.createToken('first');
  expectInConsole('Failed to load resource');
  // The API notices a new token within a second.
  const token = page.getByLabel('Token', { exact: true });
  await expect(async () => {
    await page.reload();
    await expect(token).toBeVisible({ timeout: 2000 });
  }).toPass();
  await token.fill(admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('group', { name: 'Access tokens' })).toContainText('first(yours)');
  await expect(page.getByText('Tokens are off.')).toHaveCount(0);
  await expect(page.getByText('Signed in: may see, record, delete, and manage tokens')).toBeVisible();
  await expect(page.getByText(admin)).toHaveCount(0);
  expect(JSON.stringify(await context.storageState())).toContain('"httpOnly":true');
  expect(await page.evaluate(() => document.cookie)).not.toContain('ritz');
});

test('without a token every page asks to sign in, and no link leads a visitor elsewhere', async ({ page }) => {
  expectInConsole('Failed to load resource');
  for (const path of ['/', '/runs', `/runs/${run.id}`, '/findings', '/settings', `/compare?runs=${run.id}`]) {
    await page.goto(stack.dashboard.url + path);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText('shared run')).toHaveCount(0);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.goto(
    `${stack.dashboard.url}/?next=https://example.org&redirect=//example.org&callbackUrl=https://example.org`,
  );
  await page.getByLabel('Token').fill('ritz_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('unknown, revoked or expired');
  await page.getByLabel('Token').fill(`  ${admin}\n`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'shared run' })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(stack.dashboard.url);
});

test('a token of one project is made, shown once, used, and refused once it is revoked', async ({ page, browser }) => {
  expectInConsole('Failed to load resource');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${stack.dashboard.url}/settings`);
  await page.getByLabel('Token').fill(admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Name (person or machine)' }).fill('guest');
  await page.getByRole('combobox', { name: 'Scope' }).selectOption('READ');
  await page.getByRole('combobox', { name: 'Project' }).selectOption('default');
  await page.getByRole('button', { name: 'Create token' }).click();
  const made = page.getByRole('status', { name: 'The new token' });
  await made.getByRole('button', { name: 'Copy' }).click();
  await expect(made.getByRole('button', { name: 'Copied' })).toBeVisible();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toMatch(/^ritz_[\w-]{43}$/);
  expect(await made.locator('code').innerText()).toBe(secret);
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(made).toHaveCount(0);
  await expect(page.getByText(secret)).toHaveCount(0);

  const other = await browser.newContext();
  const guest = await other.newPage();
  await guest.goto(`${stack.dashboard.url}/settings`);
  await guest.getByLabel('Token').fill(secret);
  await guest.getByRole('button', { name: 'Sign in' }).click();
  await expect(guest.getByText('Managing tokens requires the Admin scope')).toBeVisible();
  await expect(guest.getByText('Signed in: may see, in the project default')).toBeVisible();
  await expect(guest.getByRole('region', { name: 'Storage' }).getByRole('alert')).toContainText(
    'requires a token for all projects',
  );
  await expect(guest.getByRole('button', { name: 'Create project' })).toHaveCount(0);
  const { data } = (await (
    await guest.request.post(`${stack.dashboard.url}/api/graphql`, {
      data: { query: `mutation { deleteRun(input: { id: "${run.id}" }) { deleted } }` },
    })
  ).json()) as { data: unknown };
  expect(data).toBeNull();

  await page.getByRole('button', { name: 'Revoke guest' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Revoke guest' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'guest' })).toContainText('revoked');
  await guest.goto(stack.dashboard.url);
  await expect(guest.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await guest.getByLabel('Token').fill(secret);
  await guest.getByRole('button', { name: 'Sign in' }).click();
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('unknown, revoked or expired');
  await other.close();
});

test('warns before the last administrator goes, and signs out', async ({ page }) => {
  expectInConsole('Failed to load resource');
  await page.goto(`${stack.dashboard.url}/settings`);
  await page.getByLabel('Token').fill(admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Revoke first' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('the last token that can manage tokens');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
