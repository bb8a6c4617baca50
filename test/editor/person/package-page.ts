import assert from 'node:assert/strict';
import { join } from 'node:path';
import { seriousViolations } from '../../page/open-page.ts';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  chooseFrom,
  goTo,
  hoverOver,
  openFile,
  runCommand,
  runListCommand,
  squigglesBeside,
  webView,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'restricted'];

export async function theCommandOpensThePageOfThePackageAtTheCursor(context: PersonContext): Promise<void> {
  const { page, workspace, run } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  await goTo(page, 14, 8);
  await runCommand(page, 'Dependency Hygiene: Open Package Page');
  const view = await webView(page, 'Known malware');
  await page.locator('.tab.active', { hasText: 'lodahs 4.17.21' }).waitFor();
  await keepInThemes(context, 'package-page');
  assert.deepEqual(await seriousViolations(view), []);
  assert.match(
    (await view.locator('#releases').textContent()) ?? '',
    run === 'trusted' ? /offline/ : /not trusted/,
  );

  // By keyboard alone: Tab reaches the button, and Enter presses it.
  await view.locator('body').focus();
  await view.getByRole('button', { name: 'Verify now' }).focus();
  await page.keyboard.press('Enter');
  const verified = await webView(page, 'Results of the checks');
  assert.match(
    (await verified.locator('#verification').textContent()) ?? '',
    /advisorieswrongknown malware/i,
  );
  assert.deepEqual(await seriousViolations(verified), []);

  await verified.locator('#findings').getByRole('button', { name: 'shop/package.json:14' }).first().click();
  await page.locator('.tab.active', { hasText: 'package.json' }).waitFor();
  await page.locator('.statusbar-item', { hasText: /^Ln 14, Col/ }).waitFor();
}

export async function withoutAPackageAtTheCursorItIsChosenFromAList(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await goTo(page, 1, 1);
  await runListCommand(page, 'Dependency Hygiene: Open Package Page', 'preact 10');
  await chooseFrom(page, 'preact 10');
  await page.locator('.tab.active', { hasText: /^preact 10/ }).waitFor();
  const view = await webView(page, 'Why it is installed');
  await view.locator('svg.paths').waitFor();
  await keepInThemes(context, 'package-page-chosen');

  // The card of the same package leads to the same page.
  await openFile(page, join(workspace, 'shop/package.json'));
  const card = await hoverOver(page, 'preact', 'Package page');
  await card.getByRole('link', { name: 'Package page' }).click();
  await page.locator('.tab.active', { hasText: /^preact 10/ }).waitFor();
  assert.equal(await page.locator('.tab', { hasText: /^preact 10/ }).count(), 1);
}
