import { readFile } from 'node:fs/promises';
import { askSpectrum } from './ask.ts';
import { post } from './seed/post.ts';
import { seedRuns } from './seed/training.ts';
import { apiUrl, expect, test } from './ritzTest.ts';

const run = seedRuns[0]?.id ?? '';
const create =
  'mutation($input: CreateReportInput!) { createReport(input: $input) { report { id } userErrors { message } } }';

async function written(title: string, markdown: string): Promise<string> {
  const { createReport } = (await post(apiUrl(), create, { input: { title, markdown } })) as {
    createReport: { report: { id: string } };
  };
  return `/reports/${createReport.report.id}`;
}

const figure = (...lines: string[]) => ['```figure', `run: ${run}`, ...lines, '```'].join('\n');

test('a report is begun, written beside its page, stored and found in the list', async ({ page }) => {
  await page.goto('/reports');
  await page.getByRole('textbox', { name: 'Title of the new report' }).fill('Sharpness of the first run');
  await page.getByRole('button', { name: 'New report' }).click();
  const text = page.getByRole('textbox', { name: 'Markdown' });
  await expect(text).toBeVisible();
  await text.fill(`**It sharpens.**\n\n${figure('step: 100')}\n\n| a | b |\n| - | - |\n| 1 | 2 |`);
  const article = page.getByRole('article', { name: 'Report' });
  await expect(article.getByText('It sharpens.')).toBeVisible();
  await expect(article.locator('path.recharts-line-curve').first()).toBeAttached();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Sharpness of the first run' })).toBeVisible();
  await page.reload();
  await expect(article.getByRole('cell', { name: '2' })).toBeVisible();
  await page.goto('/reports');
  await expect(page.getByRole('link', { name: 'Sharpness of the first run' })).toBeVisible();
});

test('figures are live or kept, curves too, and a fault of one is said in its place', async ({ page }) => {
  const { run: found } = (await post(apiUrl(), 'query($id: ID!) { run(id: $id) { spectrum(step: 10) { id } } }', {
    id: run,
  })) as { run: { spectrum: { id: string } } };
  const address = await written(
    'Kinds of figures',
    [
      figure('step: last'),
      figure(`spectrum: ${found.spectrum.id}`, 'sigma: 0.05'),
      figure('kind: lambda1'),
      figure('kind: pie'),
    ].join('\n\n'),
  );
  await page.goto(address);
  await expect(page.locator('figure path.recharts-line-curve')).toHaveCount(3);
  await expect(page.locator('figure').nth(0)).toContainText('at step 1,000');
  await expect(page.locator('figure').nth(1)).toContainText('kept as it was measured');
  await expect(page.getByRole('alert').filter({ hasText: 'kind: expected one of density' })).toBeVisible();
});

test('a comment is pinned to a value of λ, and stored', async ({ page }) => {
  const { outliers } = await askSpectrum(apiUrl(), run, 100);
  await page.goto(await written('Commented', figure('step: 100')));
  await page.getByRole('button', { name: 'add a comment' }).click();
  await page.getByRole('spinbutton', { name: 'λ =' }).fill(String(outliers.lambdaMax));
  await page.getByRole('textbox', { name: 'Comment' }).fill('the first outlier');
  await page.getByRole('button', { name: 'Add comment' }).click();
  const comments = page.getByRole('list', { name: 'Comments' });
  await expect(comments).toContainText('the first outlier');
  await expect(comments).toContainText(String(Number(outliers.lambdaMax.toPrecision(4))));
  await expect(page.locator('.ritz-pins circle')).toHaveCount(1);
  await page.reload();
  await expect(comments).toContainText('the first outlier');
});

test('HTML in a report is text, and its pictures and scripts are never fetched', async ({ page }) => {
  await page.goto(
    await written(
      'Untrusted',
      '<script>document.title = "taken"</script>\n\n<img src="https://elsewhere.invalid/x.png" onerror="document.title=\'taken\'">\n\n' +
        '![picture](https://elsewhere.invalid/y.png) [bad](javascript:document.title="taken")\n\nend of it',
    ),
  );
  await expect(page.getByText('end of it')).toBeVisible();
  await page.getByRole('link', { name: 'bad' }).click();
  await expect(page).toHaveTitle('Untrusted · Ritz');
  await expect(page.locator('article img, article script')).toHaveCount(0);
});

test('is exported as one HTML file, with its figures and without scripts', async ({ page }) => {
  await page.goto(await written('To share', `The text.\n\n${figure('step: 100', 'comment: 2 | a remark')}`));
  await expect(page.locator('figure path.recharts-line-curve')).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export HTML' }).click();
  const html = await readFile(await (await download).path(), 'utf8');
  expect(html).toContain('<h1>To share</h1>');
  expect(html).toContain('The text.');
  expect(html).toContain('a remark');
  expect(html).toContain('src="data:image/svg+xml');
  expect(html).not.toMatch(/<script|var\(|class=/);
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
  const picture = page.locator('figure img');
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(200);
});
