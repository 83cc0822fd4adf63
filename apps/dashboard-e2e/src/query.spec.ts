import { expect, test } from './ritzTest.ts';

test('runs every example, and a query of one’s own', async ({ page }) => {
  await page.goto('/query');
  const answer = page.getByLabel('Answer as JSON');
  const examples = page.getByRole('navigation', { name: 'Examples' }).getByRole('button');
  for (const example of await examples.all()) {
    await example.click();
    await expect(example).toHaveAttribute('aria-pressed', 'true');
    await expect(answer).toContainText('"data"');
    await expect(answer).not.toContainText('"errors"');
  }
  const editor = page.getByRole('textbox', { name: 'GraphQL query' });
  await editor.fill('query($n: Int!) { runs(first: $n) { totalCount nodes { name } } }');
  await page.getByRole('textbox', { name: 'Variables, as JSON' }).fill('{ "n": 1 }');
  await editor.press('Control+Enter');
  await expect(answer).toContainText('"totalCount": 3');
  await expect(page).toHaveURL(/query=.*totalCount/);
  await page.reload();
  await expect(editor).toHaveValue(/totalCount nodes/);
});

test('says what is wrong with a query and with variables', async ({ page }) => {
  await page.goto('/query');
  const editor = page.getByRole('textbox', { name: 'GraphQL query' });
  await editor.fill('{ runs { nodes { weight } } }');
  await page.getByRole('textbox', { name: 'Variables, as JSON' }).fill('{ n: 1 }');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Variables are not valid JSON');
});

test('has GraphiQL on its own origin', async ({ page }) => {
  await page.goto('/graphiql/');
  await expect(page.locator('.graphiql-container')).toBeVisible();
});
