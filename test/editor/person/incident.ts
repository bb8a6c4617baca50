import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../git.ts';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { runAskingCommand } from '../workbench.ts';

const LOCKFILE = 'shop/package-lock.json';

/** The lockfile has a package in its first commit, and no longer in the second and in the working tree. */
function commitTwoStates(workspace: string): void {
  const path = join(workspace, LOCKFILE);
  const now = readFileSync(path, 'utf8');
  const lock = JSON.parse(now) as { readonly packages: Record<string, object> };
  lock.packages['node_modules/gone'] = {
    version: '1.0.0',
    resolved: 'https://npm.acme.test/gone/-/gone-1.0.0.tgz',
  };
  git(workspace, 'init', '--quiet');
  writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  git(workspace, 'add', '--all', '--force');
  git(workspace, 'commit', '--quiet', '--message=one');
  writeFileSync(path, now);
  git(workspace, 'add', '--all', '--force');
  git(workspace, 'commit', '--quiet', '--message=two');
}

export async function anIncidentIsSearchedInTheOpenFolders(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  commitTwoStates(workspace);
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const ask = async () => {
    await runAskingCommand(page, 'Dependency Hygiene: Were We Hit?');
    await page.locator('.quick-input-widget', { hasText: 'Nothing is sent' }).waitFor();
  };
  const search = async (question: string, states: string) => {
    await ask();
    await page.keyboard.insertText(question);
    await page.keyboard.press('Enter');
    const choice = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: states });
    await choice.click();
  };

  await search('gone@1.0.0', 'Working tree and HEAD only');
  await rows.filter({ hasText: 'never locked it, as far as it was read' }).first().waitFor();

  await search('gone@1.0.0', 'All commits');
  await rows.filter({ hasText: 'locked it earlier' }).first().waitFor();
  const found = rows.filter({ hasText: 'gone 1.0.0' });
  await found.first().click();
  await page.keyboard.press('ArrowRight');
  await rows.filter({ hasText: 'entered' }).first().waitFor();
  await rows.filter({ hasText: 'left' }).first().waitFor();
  await keepInThemes(context, 'incident');

  await ask();
  await page.keyboard.insertText('--help');
  await page.locator('.quick-input-widget', { hasText: 'This is no package' }).waitFor();
  await page.keyboard.press('Escape');
}
