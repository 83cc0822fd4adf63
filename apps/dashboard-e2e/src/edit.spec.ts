/** What is changed of runs, in the table and on their pages; and the groups they are in. */
import { beginRun, endRun, writeSpectrum, writeSteps } from './seed/ingest.ts';
import { exampleRun } from './seed/example.ts';
import { post } from './seed/post.ts';
import { expect, expectInConsole, test } from './ritzTest.ts';
import { startStack, type Stack } from './stack/startStack.ts';

let stack: Stack;
const runs = [
  { ...exampleRun('resnet one', 1), architecture: 'resnet-32', batchNorm: 'MINIBATCH', residual: true },
  { ...exampleRun('resnet two', 2), architecture: 'resnet-32', batchNorm: 'MINIBATCH', residual: true },
  { ...exampleRun('vgg', 3), architecture: 'vgg-11', batchNorm: 'NONE', residual: false },
];
const [one, two, vgg] = runs;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  stack = await startStack();
  const to = { api: stack.api.url };
  for (const run of runs) {
    const { architecture, batchNorm, residual } = run;
    await beginRun(to, run, { architecture, batchNorm, residual });
    await writeSteps(to, run, 0, 20);
    await writeSpectrum(to, run, 20);
    await endRun(to, run);
  }
});
test.afterAll(() => stack.stop());
test.afterEach(({ page }) => page.goto('about:blank'));

async function stored(id = ''): Promise<Record<string, unknown> | null> {
  const { run } = await post(stack.api.url, `{ run(id: "${id}") { tags notes archived } }`, {});
  return run as Record<string, unknown> | null;
}

test('groups runs, tells the means of each group, and lists its runs', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs`);
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('Group by architecture');
  await expect(page).toHaveURL(/group=ARCHITECTURE/);
  await expect(page.getByRole('status').filter({ hasText: '3 stored, in 2 groups' })).toBeVisible();
  const head = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'resnet-32 2 runs, means:' }) });
  const { runGroups } = (await post(
    stack.api.url,
    '{ runGroups(by: [ARCHITECTURE]) { trainLoss { value } lambdaMax { value } } }',
    {},
  )) as { runGroups: { trainLoss: { value: number }; lambdaMax: { value: number } }[] };
  await expect(head).toContainText(String(Number(runGroups[0]?.trainLoss.value.toPrecision(3))));
  await expect(head).toContainText(String(Number(runGroups[0]?.lambdaMax.value.toPrecision(3))));
  await expect(page.getByRole('link', { name: 'resnet one' })).toBeVisible();
  await head.getByRole('button').click();
  await expect(page.getByRole('link', { name: 'resnet one' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'vgg' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Then by' }).selectOption('then by residual');
  await expect(page).toHaveURL(/group=ARCHITECTURE,RESIDUAL/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'vgg-11 · without residual connections 1 run' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Architecture' }).selectOption('vgg-11');
  await expect(page.getByRole('status').filter({ hasText: '1 match, in 1 group' })).toBeVisible();
});

test('tags and notes are changed from the table', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs`);
  await page.getByRole('button', { name: 'Tags and notes of resnet one' }).click();
  const dialog = page.getByRole('dialog', { name: 'resnet one' });
  await dialog.getByRole('textbox', { name: 'New tag' }).fill('baseline');
  await dialog.getByRole('button', { name: 'Add the tag' }).click();
  await expect(dialog.getByRole('button', { name: 'Remove the tag baseline' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Add notes' }).click();
  await dialog.getByRole('textbox', { name: 'Notes' }).fill('Lost its outliers\nafter step 10.');
  await dialog.getByRole('button', { name: 'Save notes' }).click();
  await expect(dialog.getByText('Lost its outliers')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'resnet one' })).toContainText('baseline');
  expect(await stored(one?.id)).toMatchObject({ tags: ['baseline'], notes: 'Lost its outliers\nafter step 10.' });
});

test('tags and notes are changed on the page of a run', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs/${one?.id ?? ''}`);
  await page.getByRole('button', { name: 'Remove the tag baseline' }).click();
  await expect(page.getByText('baseline')).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit notes' }).click();
  const field = page.getByRole('textbox', { name: 'Notes' });
  await expect(field).toHaveValue('Lost its outliers\nafter step 10.');
  await field.fill('changed, then not');
  await field.press('Escape');
  await expect(page.getByRole('group', { name: 'Notes' })).toContainText('Lost its outliers');
  await page.getByRole('button', { name: 'Edit notes' }).click();
  await field.fill('');
  await page.getByRole('button', { name: 'Save notes' }).click();
  await expect(page.getByRole('button', { name: 'Add notes' })).toBeVisible();
  expect(await stored(one?.id)).toMatchObject({ tags: [], notes: null });
});

test('a change that the API refuses says why', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs/${one?.id ?? ''}`);
  await page.getByRole('textbox', { name: 'New tag' }).fill('x'.repeat(600));
  await page.getByRole('button', { name: 'Add the tag' }).click();
  await expect(page.getByRole('group', { name: 'Tags' }).getByRole('alert')).toContainText(
    'expected at most 500 characters',
  );
});

test('several runs are tagged, archived and taken back together', async ({ page }) => {
  await page.goto(`${stack.dashboard.url}/runs`);
  for (const name of ['resnet one', 'resnet two']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('textbox', { name: 'Tag for 2 runs' }).fill('pair');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'pair' })).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Tag for 2 runs' }).fill('pair');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'pair' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(page.getByRole('link', { name: 'resnet one' })).toHaveCount(0);
  expect(await stored(two?.id)).toMatchObject({ archived: true, tags: [] });
  await page.getByRole('button', { name: 'Archived', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Archived runs' })).toBeVisible();
  for (const name of ['resnet one', 'resnet two']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('No runs match these filters.')).toBeVisible();
  expect(await stored(two?.id)).toMatchObject({ archived: false });
});

test('a run is archived and deleted on its page; its address then answers 404', async ({ page }) => {
  expectInConsole('404');
  const address = `${stack.dashboard.url}/runs/${vgg?.id ?? ''}`;
  await page.goto(address);
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Restore' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).click();
  expect(await stored(vgg?.id)).toMatchObject({ archived: true });
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(`${stack.dashboard.url}/runs`);
  expect(await stored(vgg?.id)).toBeNull();
  const answer = await page.goto(address);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Run not found' })).toBeVisible();
});
