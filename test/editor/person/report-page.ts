import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { seriousViolations } from '../../page/open-page.ts';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { openFile, runCommand, waitUntil, webView } from '../workbench.ts';

export async function theReportOpensInAViewAndLeadsToFiles(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await runCommand(page, 'Dependency Hygiene: Show Report');
  const view = await webView(page, 'What to do first');
  await keepInThemes(context, 'report-page');
  assert.deepEqual(await seriousViolations(view), []);

  // The filters of the page work under the policy of the view.
  const rows = view.locator('#findings tbody tr:visible');
  const all = await rows.count();
  await view.getByLabel('Search').fill('lodahs malware');
  await view.locator('#findings .shown').getByText(/shown/).waitFor();
  const left = await rows.count();
  assert.ok(left < all);

  // By keyboard: the place of the finding opens with Enter.
  const place = rows.getByRole('button', { name: 'shop/package.json:14' }).first();
  await place.focus();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'package.json' }).waitFor();
  await page.locator('.statusbar-item', { hasText: /^Ln 14, Col/ }).waitFor();

  // The view is made anew when its tab is shown again, and with a refresh.
  const isAsLeft = async (again: Frame) => {
    await again.locator('#findings .shown').getByText(/shown/).waitFor();
    assert.equal(await again.getByLabel('Search').inputValue(), 'lodahs malware');
    assert.equal(await again.locator('#findings tbody tr:visible').count(), left);
  };
  await page.locator('.tab', { hasText: 'Report: demo' }).click();
  const again = await webView(page, 'What to do first');
  await isAsLeft(again);
  const mark = (body: unknown) => ((body as { id: string }).id = 'before-refresh');
  await again.locator('body').evaluate(mark);
  await again.getByRole('button', { name: 'Refresh' }).click();
  const isGone = async () => again.isDetached() || (await again.locator('#before-refresh').count()) === 0;
  await waitUntil(page, () => isGone().catch(() => true), 'another document');
  await isAsLeft(await webView(page, 'What to do first'));
}
