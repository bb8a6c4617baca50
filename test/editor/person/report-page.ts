import assert from 'node:assert/strict';
import { join } from 'node:path';
import { seriousViolations } from '../../page/open-page.ts';
import type { PersonContext } from '../person.ts';
import { openFile, runCommand, webView } from '../workbench.ts';

export async function theReportOpensInAViewAndLeadsToFiles(context: PersonContext): Promise<void> {
  const { page, workspace, artifacts } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await runCommand(page, 'Dependency Hygiene: Show Report');
  const view = await webView(page, 'What to do first');
  await page.screenshot({ path: join(artifacts, 'report-page.png') });
  assert.deepEqual(await seriousViolations(view), []);

  // The filters of the page work under the policy of the view.
  const rows = view.locator('#findings tbody tr:visible');
  const all = await rows.count();
  await view.getByLabel('Search').fill('lodahs malware');
  await view.locator('#findings .shown').getByText(/shown/).waitFor();
  assert.ok((await rows.count()) < all);

  // By keyboard: the place of the finding opens with Enter.
  const place = rows.getByRole('button', { name: 'shop/package.json:14' }).first();
  await place.focus();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'package.json' }).waitFor();
  await page.locator('.statusbar-item', { hasText: /^Ln 14, Col/ }).waitFor();
}
