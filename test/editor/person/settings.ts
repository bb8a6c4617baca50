import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  editorLines,
  goTo,
  hoverOver,
  oneSquiggleUnder,
  openFile,
  openQuickFixes,
  waitUntil,
} from '../workbench.ts';

/** The line of the demo's .npmrc with a cooldown that npm cannot read. */
const AGE = 'min-release-age=3d';

export async function aSettingIsUnderlinedExplainedFixedAndCompleted(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'tampered/.npmrc'));
  const tokens = editorLines(page).filter({ hasText: 'min-release-age' }).first().locator('span > span');
  // The grammar has the key and the value as tokens of their own.
  await waitUntil(page, async () => (await tokens.count()) > 1, 'colors in .npmrc');
  await oneSquiggleUnder(page, 'warning', 'min-release-age', { quotes: 0, length: AGE.length });
  await keepInThemes(context, 'npmrc');

  const card = await hoverOver(page, 'min-release-age', 'Days since publication');
  assert.match((await card.textContent()) ?? '', /npm reads a plain number of days/);
  await keepInThemes(context, 'npmrc-hover');

  await goTo(page, 6, 4);
  const fixes = await openQuickFixes(page);
  await fixes.filter({ hasText: 'Write "min-release-age=3"' }).first().click();
  const fixed = await hoverOver(page, 'min-release-age', '= 3 days; versions published before');
  assert.doesNotMatch((await fixed.textContent()) ?? '', /cannot read/);

  await goTo(page, 6, 'min-release-age=3'.length + 1);
  await page.keyboard.press('Enter');
  await page.keyboard.type('save-ex');
  await page.keyboard.press('Control+Space');
  const suggestion = page.locator('.suggest-widget .monaco-list-row', { hasText: 'save-exact' });
  await suggestion.first().waitFor();
  await keepInThemes(context, 'npmrc-completion');
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: 'save-exact=' }).waitFor();
}

export async function yarnLockIsColored({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'old-tools/yarn.lock'));
  const tokens = editorLines(page).filter({ hasText: 'resolved' }).first().locator('span > span');
  await waitUntil(page, async () => (await tokens.count()) > 1, 'colors in yarn.lock');
}
