import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { editorLines, openFile, squigglesBeside, waitUntil, webView } from '../workbench.ts';

const IGNORE = { rule: 'typosquat-name', package: 'reactt', reason: 'our own fork', expires: '2099-12-31' };

export async function anEntryLeadsToItsPackagePageAndAnIgnoreIsRemoved(
  context: PersonContext,
): Promise<void> {
  const { page, workspace } = context;
  const policy = join(workspace, 'dependency-hygiene.json');
  const text = readFileSync(policy, 'utf8');
  writeFileSync(
    policy,
    text.replace(/\n\}\s*$/, `,\n  "ignores": [\n    ${JSON.stringify(IGNORE)}\n  ]\n}\n`),
  );
  await page.locator('.activitybar .action-item a[aria-label^="Dependency Hygiene"]').click();
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');

  await chooseInMenu(page, 'lodahs 4.17.21', 'Open Package Page');
  await webView(page, 'lodahs');

  const header = page.locator('.part.sidebar .pane-header').filter({ hasText: /^Dependencies/ });
  await header.hover();
  await header.locator('.action-label[aria-label^="Filter Dependencies"]').click();
  await page.locator('.quick-input-widget input').filter({ visible: true }).first().fill('typosquat reactt');
  await page.keyboard.press('Enter');
  await chooseInMenu(page, 'reactt', 'Remove Ignore', () => keepInThemes(context, 'dependencies-menu'));
  await page.locator('.tab.active', { hasText: 'dependency-hygiene.json' }).waitFor();
  await editorLines(page).filter({ hasText: '"ignores"' }).waitFor();
  await waitUntil(
    page,
    async () => (await editorLines(page).filter({ hasText: 'reactt' }).count()) === 0,
    'the entry to go',
  );
  await page
    .locator('.pane-body .monaco-list-row')
    .filter({ visible: true, hasText: 'reactt' })
    .filter({ hasText: 'looks like' })
    .first()
    .waitFor();
}

/** Opens the menu of a row of the view with the mouse, and chooses an item of it. */
async function chooseInMenu(page: Page, row: string, label: string, onOpen = async () => {}): Promise<void> {
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true, hasText: row });
  await rows.first().click({ button: 'right' });
  const item = page.locator('.monaco-menu .action-item', { hasText: label });
  await item.waitFor();
  await onOpen();
  // A menu ignores the button for a moment, as it may be the click that opened it.
  const chosen = async () => {
    await item.click({ timeout: 1000 }).catch(() => {});
    return !(await item.isVisible());
  };
  await waitUntil(page, chosen, 'the menu to close');
}
