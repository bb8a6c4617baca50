import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  editorLines,
  goTo,
  isSoonVisible,
  noSquiggleBeside,
  openFile,
  openQuickFixes,
  replaceAllText,
  runListCommand,
  squigglesBeside,
  statusItem,
  waitUntil,
  webView,
} from '../workbench.ts';

/** The line of `"@acme/ui"` in the shop's manifest, and a column inside the name. */
const privateScope = { line: 10, column: 7 };

export async function aFixThatWritesAnotherFileTakesTheSquiggleAway(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'warning', '@acme/ui');
  await goTo(page, privateScope.line, privateScope.column);
  const entries = await openQuickFixes(page);
  const titles = await entries.allTextContents();
  assert.match(titles[0] ?? '', /Add @acme:registry=https:\/\/npm\.acme\.example\.test\/ to \.npmrc/);
  assert.ok(
    titles.some((title) => title.includes('Explain the rule scope-registry-missing')),
    titles.join(),
  );
  await page.keyboard.press('Enter');
  await noSquiggleBeside(page, 'warning', '@acme/ui');
  const npmrc = join(workspace, 'shop/.npmrc');
  const written = () =>
    existsSync(npmrc) && readFileSync(npmrc, 'utf8') === '@acme:registry=https://npm.acme.example.test/\n';
  await waitUntil(page, written, 'the line in .npmrc');
}

export async function explainOpensThePageOfTheRule({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'warning', 'expres');
  await goTo(page, 11, 7);
  const entries = await openQuickFixes(page);
  await entries.filter({ hasText: 'Explain the rule typosquat-name' }).click();
  await page.locator('.tab.active', { hasText: 'typosquat-name.md' }).waitFor();
  // The page has the keyboard focus; in the manifest, keys are the workbench's again.
  await page.locator('.tab', { hasText: 'package.json' }).click();
}

export async function thePaletteAsksWhichRulePageToOpen({ page }: PersonContext): Promise<void> {
  // Of many rows only the first ones are there, until a part of a name is typed.
  const rows = await runListCommand(page, 'Dependency Hygiene: Open Rule Page', 'audit-ignore-invalid');
  assert.equal(await rows.filter({ hasText: 'README' }).count(), 0, 'the index of the pages is no rule');
  await page.keyboard.insertText('duplicate-dep');
  await rows.filter({ hasText: 'duplicate-dependency' }).waitFor();
  await page.keyboard.press('Escape');
}

export async function theStatusBarCountsWhatTheProblemsPanelLists(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  await openFile(page, join(workspace, 'legacy-api/package.json'));
  await squigglesBeside(page, 'error', 'dotenv');
  const problems = page.locator('.statusbar-item[id="status.problems"]');
  // The counts come after the squiggles.
  let label = '';
  let listed = '';
  const counted = async () => {
    label = (await statusItem(page).getAttribute('aria-label')) ?? '';
    listed = (await problems.getAttribute('aria-label')) ?? '';
    const ours = /^Dependency Hygiene: (\d+) errors, (\d+) warnings/.exec(label);
    const theirs = /Errors: (\d+), Warnings: (\d+)/.exec(listed);
    return ours !== null && ours[1] === theirs?.[1] && ours[2] === theirs?.[2];
  };
  await waitUntil(page, counted, () => `equal counts in the status bar: ${label} ${listed}`);
  const [errors] = /\d+/.exec(label)!;
  await statusItem(page)
    .and(page.locator('.error-kind'))
    .filter({ hasText: new RegExp(`^\\s*${errors} \\?\\s*$`) })
    .waitFor();
  assert.match(label, /Registries not queried: "dependencyHygiene\.online" is off\. Advisories: bundled/);
}

export async function theStatusBarOpensAMenuWithWhatWasNotChecked(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  await page.locator('.statusbar-item[id="status.languageStatus"]').click();
  const partly = page
    .locator('.hover-language-status')
    .filter({ hasText: 'Partly checked' })
    .filter({ has: page.locator('.severity .codicon-info') });
  await partly.filter({ hasText: 'Turn on "dependencyHygiene.online"' }).waitFor();
  await keepInThemes(context, 'partly-checked');
  await page.keyboard.press('Escape');
  await statusItem(page).click();
  const rows = page.locator('.quick-input-list .monaco-list-row').filter({ visible: true });
  await rows.filter({ hasText: 'Turn on "dependencyHygiene.online"' }).waitFor();
  await keepInThemes(context, 'status-menu');
  await page.keyboard.type('not checked');
  await rows.and(page.locator('.focused')).filter({ hasText: 'Show what was not checked' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'What was not checked' }).waitFor();
  await webView(page, '"dependencyHygiene.online" is off');
  await keepInThemes(context, 'not-checked');
}

export async function ignoringAsksForTheReasonAndThePeriod({
  page,
  workspace,
}: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'warning', 'expres');
  await goTo(page, 11, 7);
  const entries = await openQuickFixes(page);
  await entries.filter({ hasText: 'Ignore ' }).first().click();
  const input = page.locator('.quick-input-widget');
  await input.filter({ hasText: 'Why is this acceptable?' }).waitFor();
  await page.keyboard.type('Reviewed');
  await page.keyboard.press('Enter');
  await input.filter({ hasText: 'For how many days?' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'dependency-hygiene.json' }).waitFor();
  await page.locator('.view-line', { hasText: 'Reviewed' }).waitFor();
}

export async function theNextProblemOffersToRemoveMalware({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await replaceAllText(page, '{\n  "dependencies": {\n    "lodahs": "^4.17.21"\n  }\n}\n');
  await squigglesBeside(page, 'error', '4.17.21');
  await goTo(page, 1, 1);
  const problem = page.locator('.zone-widget').filter({ hasText: 'which is malware' });
  const reached = async () => {
    await page.keyboard.press('Alt+F8');
    return isSoonVisible(problem, 3000);
  };
  await waitUntil(page, reached, 'the problem of the malware');
  const entries = await openQuickFixes(page);
  await entries.filter({ hasText: 'Replace with "lodash"' }).waitFor();
  await entries.filter({ hasText: 'Remove "lodahs"' }).click();
  await editorLines(page).filter({ hasText: 'lodahs' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
}
