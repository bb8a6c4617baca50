import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PersonContext } from '../person.ts';
import { editorLines, hoverOver, isSoonVisible, openFile, squigglesBeside, waitUntil } from '../workbench.ts';

/** Opens something other than the folder of the run, with the same extension. */
async function reopen(page: Page, kind: 'folder' | 'workspace', what: string): Promise<void> {
  const url = new URL(page.url());
  const payload = url.searchParams.get('payload') ?? '';
  url.search = '';
  url.searchParams.set(kind, what);
  url.searchParams.set('payload', payload);
  await page.goto(url.href);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
}

/** The scheme is of the extension `virtual-files`, which is installed beside. */
export async function aFolderOfAnotherFileSystemIsCheckedThroughVsCode(
  context: PersonContext,
): Promise<void> {
  const { page, workspace, artifacts } = context;
  await reopen(page, 'folder', `testfs:${workspace}/shop`);
  const files = page.locator('.explorer-folders-view .monaco-list-row');
  await files.filter({ hasText: 'package.json' }).dblclick();
  await editorLines(page).filter({ hasText: '"momnet"' }).waitFor();
  await squigglesBeside(page, 'warning', 'momnet');
  // What the lockfile has is known, so it was read as well.
  await hoverOver(page, 'momnet', /2\.30\.1 locked/);
  await page.screenshot({ path: join(artifacts, 'virtual-folder.png') });
  await page.keyboard.press('Escape');
}

export async function eachFolderOfAWorkspaceHasItsOwnSeverities(context: PersonContext): Promise<void> {
  const { page, workspace, artifacts } = context;
  const file = join(workspace, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'no-lock' }] }));
  mkdirSync(join(workspace, 'shop/.vscode'), { recursive: true });
  const rules = { 'dependencyHygiene.rules': { 'typosquat-name': 'information' } };
  writeFileSync(join(workspace, 'shop/.vscode/settings.json'), JSON.stringify(rules));
  // This VS Code sometimes shows a workspace without its folders, most of all when it is slow, and keeps doing so.
  const folders = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'no-lock' });
  let time = 5000;
  const opened = async () => {
    await reopen(page, 'workspace', file);
    time *= 2;
    return isSoonVisible(folders.first(), time);
  };
  await waitUntil(page, opened, 'the folders of the workspace');
  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'info', 'momnet');
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await squigglesBeside(page, 'warning', 'dependencies');
  await page.screenshot({ path: join(artifacts, 'several-folders.png') });
}
