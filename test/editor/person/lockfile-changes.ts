import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { git } from '../git.ts';
import type { PersonContext } from '../person.ts';
import { keepInThemes, writeSettings } from '../themes.ts';
import { chooseFrom, runCommand, runListCommand } from '../workbench.ts';

const LOCKFILE = 'shop/package-lock.json';

interface Lock {
  readonly packages: Record<string, { version: string }>;
}

/** Commits the workspace with another lockfile than it has: without the malware, and with a package more. */
function commitEarlierState(workspace: string): void {
  const path = join(workspace, LOCKFILE);
  const now = readFileSync(path, 'utf8');
  const lock = JSON.parse(now) as Lock;
  delete lock.packages['node_modules/lodahs'];
  lock.packages['node_modules/esbuild']!.version = '0.1.0';
  lock.packages['node_modules/gone'] = { ...lock.packages['node_modules/esbuild']!, version: '1.0.0' };
  writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  git(workspace, 'init', '--quiet');
  git(workspace, 'add', '--all', '--force');
  git(workspace, 'commit', '--quiet', '--message=one');
  writeFileSync(path, now);
}

export async function lockfileChangesAreReviewedFromSourceControl(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  commitEarlierState(workspace);
  writeSettings(workspace, { 'git.enabled': true });

  await page.keyboard.press('Control+Shift+G');
  const header = page.locator('.part.sidebar .pane-header').filter({ hasText: /^Changes/ });
  // The actions of a title appear under the mouse.
  await header.hover();
  const action = header.locator('.action-label[aria-label^="Review Lockfile Changes"]');
  await action.waitFor();
  await action.click();
  const bases = page.locator('.quick-input-list .monaco-list-row').filter({ visible: true });
  await bases.filter({ hasText: 'Default branch' }).waitFor();
  await keepInThemes(context, 'review-base');
  await bases.filter({ hasText: 'Last commit' }).click();

  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const malware = rowOf(rows, 'lodahs 4.17.21');
  await malware.filter({ hasText: 'is malware' }).waitFor();
  await rowOf(rows, 'Review first').waitFor();
  await rowOf(rows, 'esbuild 0.1.0 →').waitFor();
  // The list has the keyboard: lockfile, group, first entry.
  for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await malware.and(page.locator('.focused')).waitFor({ timeout: 10_000 });
  await malware.click();
  await page.locator('.tab.active', { hasText: 'Working Tree' }).waitFor();
  await page.locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert').first().waitFor();
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'node_modules/lodahs' }).first().waitFor();
  await keepInThemes(context, 'lockfile-changes');

  // The keyboard: another commit by its name, and a state in which nothing differs.
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--message=two');
  await runCommand(page, 'Dependency Hygiene: Refresh Lockfile Changes');
  const message = page.locator('.pane-body .message').filter({ visible: true });
  await message
    .filter({ hasText: 'lockfiles install the same packages as in HEAD, as far as they were compared.' })
    .waitFor();
  await keepInThemes(context, 'lockfile-changes-none');
  await runListCommand(page, 'Dependency Hygiene: Review Lockfile Changes...', 'Another commit');
  await chooseFrom(page, 'Another commit');
  await page.locator('.quick-input-widget', { hasText: 'Nothing is fetched' }).waitFor();
  await page.keyboard.type('HEAD~1');
  await page.keyboard.press('Enter');
  await malware.waitFor();
  await rowOf(rows, 'gone 1.0.0').or(rowOf(rows, 'Removed')).first().waitFor();
}

function rowOf(rows: Locator, label: string): Locator {
  return rows.filter({ hasText: label }).first();
}
