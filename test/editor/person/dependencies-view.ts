import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  editorLines,
  isSoonVisible,
  openFile,
  replaceAllText,
  squigglesBeside,
  waitUntil,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'restricted'];

export async function theViewListsWhatWasFoundAndLeadsToIt(context: PersonContext): Promise<void> {
  const { page, workspace, run } = context;
  const link = page.locator('a.action-label[aria-label^="Dependency Hygiene"]');
  const icon = page.locator('.activitybar .action-item').filter({ has: link });
  const welcome = await showEmptyView(page);
  const isTrusted = run === 'trusted';
  const trust = welcome.getByRole('button', { name: 'Manage Workspace Trust' });
  // The trust of the folder is known a moment after its view.
  await waitUntil(
    page,
    async () => (await trust.count()) === (isTrusted ? 0 : 1),
    'the right offer of trust',
  );
  await keepInThemes(context, 'dependencies-welcome');

  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const malware = rowOf(rows, 'lodahs 4.17.21');
  await malware.waitFor();
  await rowOf(rows, 'Not checked').waitFor();
  await keepInThemes(context, 'dependencies-view');
  await icon.locator('.badge-content', { hasText: /^\d+$/ }).waitFor();

  await malware.click();
  await page.locator('.statusbar-item', { hasText: /^Ln 14, Col/ }).waitFor();

  const fixes = page.locator('.quick-input-list .monaco-list-row').filter({ visible: true });
  // A click that could be the second of a double click does nothing.
  const opened = async () => {
    await malware.hover();
    await malware.locator('.actions .action-label.codicon-lightbulb').click();
    return isSoonVisible(fixes.filter({ hasText: 'Respond to the malware lodahs' }).first(), 5000);
  };
  await waitUntil(page, opened, 'the fixes of the malware');
  await keepInThemes(context, 'dependencies-fixes');
  await page.keyboard.press('Escape');

  // The list follows the text, while it is shown; what the lockfile has stays.
  const project = rows.filter({ hasText: /^shop/ }).first();
  const before = await project.textContent();
  await editorLines(page).first().click();
  await replaceAllText(page, '{ "name": "clean", "private": true }\n');
  await waitUntil(
    page,
    async () => (await project.textContent()) !== before,
    `other findings than ${before}`,
  );
  await malware.waitFor();
}

/** A text of the view may stand there for a moment only, so the page itself looks. */
export async function noTrustedFolderIsCalledUntrustedDuringTheStart({
  page,
  run,
}: PersonContext): Promise<void> {
  const welcome = await showEmptyView(page);
  await page.addInitScript(WATCH);
  // VS Code opens the view again that was open before.
  await page.reload();
  const known = run === 'trusted' ? 'or check all of them' : 'This folder is not trusted';
  await welcome.filter({ hasText: known }).waitFor();
  const seen = (await page.evaluate('globalThis.seenTexts.join("; ")')) as string;
  assert.match(seen, /No project is loaded yet/);
  if (run === 'trusted') assert.doesNotMatch(seen, /not trusted/);
}

/** Shows the view while nothing is loaded. VS Code may have opened it again by itself, and a click would hide it then. */
async function showEmptyView(page: Page): Promise<Locator> {
  const welcome = page.locator('.welcome-view-content').filter({ visible: true });
  const isEmpty = welcome.filter({ hasText: 'No project is loaded yet' });
  const link = page.locator('a.action-label[aria-label^="Dependency Hygiene"]');
  const shown = async () => {
    if (await isSoonVisible(isEmpty, 2500)) return true;
    await page.locator('.activitybar .action-item').filter({ has: link }).click();
    return isSoonVisible(isEmpty, 10_000);
  };
  await waitUntil(page, shown, 'the empty view');
  return welcome;
}

const WATCH = `
globalThis.seenTexts = [];
new MutationObserver(() => {
  for (const element of document.querySelectorAll('.welcome-view-content')) {
    const text = element.textContent ?? '';
    if (!globalThis.seenTexts.includes(text)) globalThis.seenTexts.push(text);
  }
}).observe(document, { childList: true, subtree: true, characterData: true });
`;

function rowOf(rows: Locator, label: string): Locator {
  return rows.filter({ hasText: label }).first();
}
