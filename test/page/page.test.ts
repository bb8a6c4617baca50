import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { makeProject, runCli } from '../cli/run-cli.ts';
import { openBrowser } from '../editor/browser.ts';
import { ensureChromium } from '../editor/install.ts';
import { hostileProject } from '../hostile-text.ts';
import { openPage, seriousViolations } from './open-page.ts';

const chromium = ensureChromium();

/** Writes the report of a folder and returns its file. */
function reportOf(directory: string): string {
  const file = join(makeProject({}), 'report.html');
  const { out, error } = runCli(['report', directory, '--output', file]);
  assert.match(out, /^Wrote /, error);
  return file;
}

function hostileReport(): string {
  const directory = makeProject({});
  for (const [path, text] of Object.entries(hostileProject())) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(
      join(directory, path),
      text.replaceAll('lodahs', 'lodahs</script><img src=//x.example.test>'),
    );
  }
  return reportOf(directory);
}

describe('the page of report in Chromium', { skip: 'reason' in chromium ? chromium.reason : false }, () => {
  let browser: Browser;
  const directory = makeProject({});
  cpSync(join(import.meta.dirname, '../fixtures/demo'), directory, { recursive: true });
  const demo = reportOf(directory);

  before(async () => {
    browser = await openBrowser('path' in chromium ? chromium.path : '');
  });
  after(() => browser.close());

  for (const colours of ['light', 'dark'] as const) {
    test(`has no serious fault for assistive technology (${colours})`, async () => {
      const { page, errors } = await openPage(browser, demo, { colours });
      assert.deepEqual(
        await seriousViolations(page, colours === 'dark' ? ['color-contrast'] : undefined),
        [],
      );
      assert.deepEqual(errors, []);
    });
  }

  test('runs no text of a project, and asks for nothing', async () => {
    const { page, errors, asked } = await openPage(browser, hostileReport());
    assert.deepEqual([errors, asked], [[], []]);
    assert.equal(await page.locator('script').count(), 1);
    assert.equal(await page.locator('img').count(), 0);
  });

  test('filters by text, severity, use and project, and says how much is left', async () => {
    const { page } = await openPage(browser, demo);
    const rows = page.locator('#findings tbody tr');
    const all = await rows.count();
    const shown = page.locator('#findings tbody tr:visible');
    assert.equal(await shown.count(), all);
    await page.getByLabel('Search').fill('LODASH typosquat');
    await page.locator('#findings .shown').getByText(/shown/).waitFor();
    const found = await shown.count();
    assert.ok(found > 0 && found < all);
    for (const text of await shown.allTextContents()) assert.match(text.toLowerCase(), /lodash/);
    assert.equal(await page.locator('#findings .shown').textContent(), `(${found} of ${all} shown)`);
    await page.getByRole('button', { name: 'Reset' }).click();
    assert.equal(await shown.count(), all);
    await page.getByLabel('error', { exact: true }).uncheck();
    assert.equal(await page.locator('#findings tr[data-severity=error]:visible').count(), 0);
    await page.getByLabel('Use').selectOption('development');
    for (const text of await shown.allTextContents()) assert.match(text, /development/);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByLabel('Project').selectOption({ label: 'shop' });
    for (const text of await shown.allTextContents()) assert.match(text, /shop\//);
    assert.match((await page.getByRole('status').textContent()) ?? '', /^\d+ of \d+ rows shown$/);
    // The summary is about everything.
    assert.equal(await page.locator('#summary tbody tr:visible').count(), 4);
  });

  test('shows everything without scripts, and no controls', async () => {
    const { page } = await openPage(browser, demo, { scripts: false });
    assert.equal(await page.locator('.filters').isVisible(), false);
    const rows = page.locator('main tbody tr');
    assert.equal(await page.locator('main tbody tr:visible').count(), await rows.count());
    assert.equal(await page.locator('svg.treemap').first().isVisible(), true);
  });

  test('can be used by keyboard alone', async () => {
    const { page } = await openPage(browser, demo);
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').textContent(), 'Skip to the summary');
    const reached = new Set<string>();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate('document.activeElement.localName'));
    }
    for (const name of ['a', 'input', 'select', 'button']) assert.ok(reached.has(name), name);
  });

  test('needs no sideways scrolling on a phone', async () => {
    const { page } = await openPage(browser, demo, { width: 400 });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 400);
  });
});
