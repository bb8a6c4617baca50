import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { goTo, hoverOver, openFile, openQuickFixes, runCommand, squigglesBeside } from './workbench.ts';

/** Lines of `test/fixtures/advisories/package.json`, from 1. */
const LODASH = 7;

/**
 * Takes pictures of advisories at a declaration and at a lockfile entry, with their cards, and of the fixes in
 * the light bulb.
 */
export async function takeAdvisoryPictures(
  page: Page,
  workspace: string,
  keep: (name: string) => Promise<void>,
): Promise<void> {
  await openFile(page, join(workspace, 'advisories/package.json'));
  await runCommand(page, 'View: Close Other Editors in Group');
  await squigglesBeside(page, 'error', '4.17.15');
  await hoverOver(page, '4.17.15', /known vulnerabilities/);
  await keep('advisory-manifest');
  await page.keyboard.press('Escape');

  await goTo(page, LODASH, 17);
  await openQuickFixes(page);
  await keep('advisory-fixes');
  await page.keyboard.press('Escape');

  await openFile(page, join(workspace, 'advisories/package-lock.json'));
  await squigglesBeside(page, 'error', '0.0.8');
  await hoverOver(page, 'node_modules/minimist', /GHSA-xvch-5gv4-984h/);
  await keep('advisory-lockfile');
  await page.keyboard.press('Escape');
}
