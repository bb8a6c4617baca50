import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRegistry } from '../loopback-registry.ts';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  editorLines,
  goTo,
  hoverOver,
  oneSquiggleUnder,
  openFile,
  runCommand,
  scrollUntilThere,
  squigglesBeside,
  waitUntil,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['web'];

export async function theExtensionRunsInTheWebExtensionHost({
  page,
  workspace,
}: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'shop/package.json'));
  await oneSquiggleUnder(page, 'warning', 'momnet');
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'dependency-hygiene' });
  // The slowest to start stand first, and rows out of sight are not in the page.
  const list = page.locator('.runtime-extensions-editor .monaco-list');
  await list.locator('.monaco-list-row').first().waitFor();
  await scrollUntilThere(page, list, row.filter({ hasText: 'web worker' }));
}

export async function aLockfileInYamlIsCheckedInTheBrowser(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'managers/pnpm/pnpm-lock.yaml'));
  await goTo(page, 55, 189);
  await squigglesBeside(page, 'error', 'https://registry.example.test/wrappy');
  await keepInThemes(context, 'web-lockfile');
}

export async function namesAreCompletedFromTheBundledList(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'shop/package.json'));
  const line = editorLines(page).filter({ hasText: '"dependencies"' }).first();
  await line.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('"fastif');
  await page.keyboard.press('Control+Space');
  const offered = page.locator('.suggest-widget .monaco-list-row').filter({ visible: true });
  await offered.filter({ hasText: 'fastify' }).first().waitFor();
  await keepInThemes(context, 'web-completion');
  await page.keyboard.press('Escape');
}

/** One registry allows requests of other origins, and the other does not. */
export async function onlyARegistryThatAllowsItIsAsked(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  const asked: string[] = [];
  const open = await startRegistry('*', asked);
  const closed = await startRegistry(undefined, asked);
  try {
    // The project in the root of the open folder is trusted with it.
    const folder = workspace;
    const npmrc = `@open:registry=http://127.0.0.1:${open.port}/\n@closed:registry=http://127.0.0.1:${closed.port}/\n`;
    writeFileSync(join(folder, '.npmrc'), npmrc);
    const dependencies = { '@open/one': '^1.0.0', '@closed/two': '^1.0.0' };
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies }, undefined, 2),
    );
    // Quick Open finds files in folders below the open one.
    const files = page.locator('.explorer-folders-view .monaco-list-row[aria-level="1"]');
    await files.filter({ hasText: 'package.json' }).dblclick();
    // An open card does not change with the answers, and the hints do.
    await editorLines(page)
      .filter({ hasText: /"dependencies".*1\sof\s2/ })
      .waitFor();
    await hoverOver(page, '@open/one', /latest 1\.2\.0/);
    await keepInThemes(context, 'web-registry');
    await page.keyboard.press('Escape');
    await hoverOver(page, '@closed/two', /blocks requests from browsers \(CORS\)/);
    await keepInThemes(context, 'web-closed-registry');
    await page.keyboard.press('Escape');
  } finally {
    open.stop();
    closed.stop();
  }
  await waitUntil(page, () => asked.length > 0, 'requests');
  assert.ok(asked.some((url) => url.includes('@open')));
}
