import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonContext, PersonModule } from '../person.ts';
import { openFile, placesBeside, squigglesBeside, waitUntil } from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'restricted'];

/** Uses the form with a setting for each rule, which package.json no longer declares. */
export async function anOldSettingOfTheFolderTurnsARuleOffOnlyWhereItIsTrusted(
  context: PersonContext,
): Promise<void> {
  const { page, workspace, run } = context;
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await squigglesBeside(page, 'warning', 'dependencies');
  const settings = { 'dependencyHygiene.rules.lockfile-missing': 'off', 'editor.lineNumbers': 'off' };
  const folder = join(workspace, '.vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const hasNoNumbers = async () => (await page.locator('.line-numbers').count()) === 0;
  await waitUntil(page, hasNoNumbers, 'the settings of the folder to be read');
  const isSilent = async () => (await placesBeside(page, 'warning', 'dependencies')).length === 0;
  if (run === 'trusted') await waitUntil(page, isSilent, 'no squiggle any more');
  else {
    await page.waitForTimeout(2000);
    assert.equal(await isSilent(), false);
  }
  rmSync(folder, { recursive: true });
  await squigglesBeside(page, 'warning', 'dependencies');
}
