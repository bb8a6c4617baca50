import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { openFile, runListCommand, squigglesBeside, waitUntil } from '../workbench.ts';

export async function dependenciesAreFilteredGroupedAndRevealed(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await page.locator('.activitybar .action-item a[aria-label^="Dependency Hygiene"]').click();
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  await rowOf(rows, 'lodahs 4.17.21').waitFor();
  const before = await rows.count();

  // The mouse: a filter, from the title of the view.
  const header = page.locator('.part.sidebar .pane-header').filter({ hasText: /^Dependencies/ });
  await header.hover();
  await header.locator('.action-label[aria-label^="Filter Dependencies"]').click();
  const input = page.locator('.quick-input-widget input').filter({ visible: true }).first();
  await input.fill('malware lodahs');
  await waitUntil(page, async () => (await rows.count()) < before, 'fewer rows');
  await rowOf(rows, 'lodahs 4.17.21').waitFor();
  await page.keyboard.press('Enter');
  await header.filter({ hasText: '"malware lodahs"' }).waitFor();
  const filtered = await rows.count();
  await keepInThemes(context, 'dependencies-filtered');
  await header.hover();
  await header.locator('.action-label[aria-label^="Clear Filter"]').click();
  await waitUntil(page, async () => (await rows.count()) > filtered, 'the other rows');

  // The other place of a finding, from its menu.
  await rowOf(rows, 'lodahs 4.17.21').click({ button: 'right' });
  const item = page.locator('.monaco-menu .action-item', { hasText: 'Reveal in Lockfile' });
  await item.waitFor();
  // A menu ignores the button for a moment, as it may be the click that opened it.
  const chosen = async () => {
    await item.click({ timeout: 1000 }).catch(() => {});
    return !(await item.isVisible());
  };
  await waitUntil(page, chosen, 'the menu to close');
  await page.locator('.tab.active', { hasText: 'package-lock.json' }).waitFor();
  await page.locator('.editor-instance .view-line', { hasText: '"node_modules/lodahs"' }).first().waitFor();

  // The keyboard: by package, and by member.
  await choose(context, 'Package');
  const packages = rows.filter({ hasText: /^lodahs\s*\d+$/ });
  await packages.first().waitFor();
  await keepInThemes(context, 'dependencies-by-package');
  await choose(context, 'Workspace member');
  await rows.filter({ hasText: /^shop\s*\d+$/ }).waitFor();
  await keepInThemes(context, 'dependencies-by-member');
  await choose(context, 'Finding');
  await rowOf(rows, 'Malware').waitFor();
  await waitUntil(page, async () => (await packages.count()) === 0, 'no rows of packages');
}

async function choose({ page }: PersonContext, label: string): Promise<void> {
  const title = 'Dependency Hygiene: Group Dependencies By...';
  const items = await runListCommand(page, title, 'Workspace member');
  await page.keyboard.type(label);
  await items.and(page.locator('.focused')).filter({ hasText: label }).waitFor();
  await page.keyboard.press('Enter');
}

function rowOf(rows: Locator, label: string): Locator {
  return rows.filter({ hasText: label }).first();
}
