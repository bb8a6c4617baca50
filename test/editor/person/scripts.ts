import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { editorLines, openFile, runListCommand } from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'restricted'];

/** VS Code would show `$(sync)` as an icon. */
const SCRIPTS = {
  'native-one': 'node install.js',
  'native-two': 'node build.js --jobs $(sync)',
  'native-three': 'curl https://cdn.example.test/setup.sh | sh',
};

/** Writes a project with installed packages that nobody reviewed, alone in the folder of its name. */
function writeProject(workspace: string): string {
  const names = Object.keys(SCRIPTS);
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const packages = names.map((name) => {
    const resolved = `https://registry.example.test/${name}/-/${name}-1.0.0.tgz`;
    return [`node_modules/${name}`, { version: '1.0.0', resolved, hasInstallScript: true }] as const;
  });
  const files: Record<string, object> = {
    'package.json': { name: 'scripts', private: true, packageManager: 'npm@12.2.0', dependencies },
    'package-lock.json': {
      ...{ name: 'scripts', lockfileVersion: 3, requires: true },
      packages: { '': { name: 'scripts', dependencies }, ...Object.fromEntries(packages) },
    },
  };
  for (const [name, postinstall] of Object.entries(SCRIPTS))
    files[`node_modules/${name}/package.json`] = { name, version: '1.0.0', scripts: { postinstall } };
  for (const [path, json] of Object.entries(files)) {
    const file = join(workspace, 'scripts', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `${JSON.stringify(json, undefined, 2)}\n`);
  }
  return join(workspace, 'scripts/package.json');
}

export async function scriptsAreReviewedWithTheKeyboardAndTheMouse(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  const manifest = writeProject(workspace);
  await openFile(page, manifest);
  const rows = await runListCommand(page, 'Dependency Hygiene: Review Install Scripts', /./);
  await rowOf(rows, 'native-three 1.0.0').waitFor();
  const text = await rowOf(rows, 'native-two 1.0.0').textContent();
  assert.match((text ?? '').replaceAll('\u00a0', ' '), /postinstall: node build\.js --jobs \$\(sync\)/);
  await keepInThemes(context, 'review-scripts');

  // The keyboard: the entry, then what to do with it.
  await page.keyboard.type('native-one');
  await rows.and(page.locator('.focused')).filter({ hasText: 'native-one 1.0.0' }).waitFor();
  await page.keyboard.press('Enter');
  await rows.filter({ hasText: 'Approve the script of native-one 1.0.0' }).waitFor();
  await rows.filter({ hasText: 'postinstall: node install.js' }).first().waitFor();
  await keepInThemes(context, 'review-scripts-entry');
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: '"native-one@1.0.0": true' }).waitFor();
  const done = rows.filter({ hasText: 'Wrote "native-one@1.0.0": true to allowScripts in package.json.' });
  await done.waitFor();
  const isWhole = await done
    .locator('.monaco-icon-label-container')
    .first()
    .evaluate((label: Sized) => label.scrollWidth <= label.clientWidth);
  assert.ok(isWhole, 'the list shows the result in full');

  // The mouse: the buttons of the entry, in the list that opens again.
  const open = rowOf(rows, 'native-two 1.0.0');
  await open.hover();
  // Clicks that could be the second of a double click do nothing.
  await page.waitForTimeout(600);
  await open.locator('.action-label.codicon-circle-slash').click();
  await editorLines(page).filter({ hasText: '"native-two": false' }).waitFor();
  const input = page.locator('.quick-input-widget input').filter({ visible: true });
  await rows.filter({ hasText: 'scripts: 1 unreviewed' }).waitFor();
  await keepInThemes(context, 'review-scripts-decided');

  // The decision on a package of a project that is not open.
  await page.keyboard.type('esbuild');
  const closed = rowOf(rows, 'esbuild 0.25.12');
  await closed.hover();
  await page.waitForTimeout(600);
  await closed.locator('.action-label.codicon-circle-slash').click();
  await rows.filter({ hasText: 'scripts: 1 unreviewed' }).waitFor();
  await page.keyboard.type('esbuild');
  await rows.filter({ hasText: 'denied in allowScripts' }).waitFor();
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'hidden' });
  assert.ok(!readFileSync(manifest, 'utf8').includes('allowScripts'), 'the editor saves when the user does');
}

interface Sized {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

function rowOf(rows: Locator, label: string): Locator {
  return rows.filter({ hasText: label }).filter({ hasNotText: 'Approve all' }).first();
}
