import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { keepInThemes, writeSettings } from '../themes.ts';
import { editorLines, openFile, placeOf, runCommand } from '../workbench.ts';

export async function packageFilesHaveMenusInTheirTitleAndText(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  const title = page.locator('.editor-actions .action-label[aria-label^="Dependency Hygiene"]');
  await title.click();
  const items = page.locator('.monaco-menu .action-label').filter({ visible: true });
  await items.filter({ hasText: 'Review Lockfile Changes' }).waitFor();
  const labels = await items.allTextContents();
  for (const label of ['Verify Package...', 'Update Dependencies...', 'Review Install Scripts...'])
    assert.ok(labels.includes(label), labels.join(', '));
  await keepInThemes(context, 'menu-title');
  await page.keyboard.press('Escape');

  const { x, y } = await placeOf(page, '"lodahs"');
  await page.mouse.click(x + 10, y + 5, { button: 'right' });
  await items.filter({ hasText: 'Dependency Hygiene' }).waitFor();
  await page.keyboard.press('Escape');

  writeSettings(workspace, { 'editor.fontSize': 14 });
  await openFile(page, join(workspace, '.vscode/settings.json'));
  await title.waitFor({ state: 'hidden' });
}

export async function theReportOfAnIssueHasTheVersions(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await runCommand(page, 'Dependency Hygiene: Report Issue...');
  await page.locator('.tab.active', { hasText: 'Issue report' }).waitFor();
  const lines = editorLines(page);
  await lines.filter({ hasText: /Extension\shost:\sNode\.js\s\d+/ }).waitFor();
  await lines.filter({ hasText: /Dependency\sHygiene:\s\d+\.\d+\.\d+/ }).waitFor();
  assert.equal(await lines.filter({ hasText: workspace }).count(), 0);
  await keepInThemes(context, 'report-issue');
}

export async function theLogHasStartVersionAndTimesAtItsUsualLevel(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await runCommand(page, 'Dependency Hygiene: Show Log');
  const lines = page.locator('.output-view .view-line');
  await lines.filter({ hasText: /\[info\]\sStarted\s\d+\.\d+\.\d+\son\sNode\.js/ }).waitFor();
  await lines.filter({ hasText: /\[info\]\sLoaded\sshop\sin\s\d+\sms\./ }).waitFor();
  await keepInThemes(context, 'log');
}
