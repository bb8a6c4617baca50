import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWorkbench } from './browser.ts';
import { ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { takeLockfilePictures } from './lockfile-pictures.ts';
import { repositoryRoot } from './paths.ts';
import { type Editor, startEditor } from './server.ts';
import { quietSettings, type Theme } from './settings.ts';
import { takeTerminalPicture } from './terminal-picture.ts';
import {
  type Box,
  goTo,
  hoverOver,
  openFile,
  openProblems,
  openQuickFixes,
  placeOf,
  runCommand,
  squiggles,
} from './workbench.ts';
import { copyWorkspace, temporaryFolder } from './workspace-copy.ts';

/** What the README's pictures show, all of it in the demo. */
const scene = {
  file: 'shop/package.json',
  /** A name with a warning and a fix. */
  misspelled: 'lodahs',
  /** A dependency whose card tells much. */
  hovered: 'lodahs',
  /** A manifest with findings of many rules. */
  manyProblems: 'legacy-api/package.json',
};

/** The page that the pictures are cut from, in CSS pixels; a README shows them about 800 wide. */
const size = { width: 1040, height: 640 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repositoryRoot },
      fixture: { type: 'string', default: join(repositoryRoot, 'test/fixtures/demo') },
      out: { type: 'string', default: join(repositoryRoot, 'media') },
    },
  });
  const installed = ensureEditor(console.log);
  const chromium = ensureChromium(console.log);
  if ('reason' in installed) throw new Error(installed.reason);
  if ('reason' in chromium) throw new Error(chromium.reason);
  mkdirSync(values.out, { recursive: true });

  const browser = await openBrowser(chromium.path);
  try {
    report(await takeTerminalPicture(browser, 'tampered', resolve(values.out)));
    for (const theme of ['light', 'dark'] as const) {
      const serverDataDir = temporaryFolder('dependency-hygiene-editor');
      installExtension(resolve(values.extension), serverDataDir);
      const editor = await startEditor({
        editor: installed.path,
        workspaceTrust: false,
        serverDataDir,
        userSettings: quietSettings(theme),
        machineSettings: { 'dependencyHygiene.online': false },
        env: { HOME: temporaryFolder('dependency-hygiene-home') },
      });
      try {
        await takeAll(browser, editor, theme, resolve(values.fixture), resolve(values.out));
      } finally {
        await editor.stop();
      }
    }
  } finally {
    await browser.close();
  }
}

async function takeAll(
  browser: Browser,
  editor: Editor,
  theme: Theme,
  fixture: string,
  out: string,
): Promise<void> {
  const workspace = copyWorkspace(fixture);
  const page = await openWorkbench(browser, editor.url(workspace), size);
  const keep = async (name: string, clip: Box) => {
    // Counts, icons and links of cards come in after the thing itself; a picture is taken when nothing moves any more.
    await page.waitForTimeout(700);
    const path = join(out, `${name}-${theme}.png`);
    await page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
    report(path);
  };

  await openFile(page, join(workspace, scene.file));
  await squiggles(page, 'warning').first().waitFor();
  // Without the side bar the text has the whole width, and the hover card does not reach over the picture's edge.
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  const text = await areaOf(page, '.part.editor');
  await keep('squiggles', text);

  const card = await hoverOver(page, scene.hovered, 'declares');
  // VS Code's own card of the name, which it has to say nothing in, is announced late.
  await page.waitForTimeout(1500);
  await card.getByText('Loading...').waitFor({ state: 'hidden' });
  await keep('hover', text);
  await page.keyboard.press('Escape');

  await goTo(page, await lineOf(page, scene.misspelled), 8);
  await openQuickFixes(page);
  await keep('light-bulb', text);
  await page.keyboard.press('Escape');

  await takeLockfilePictures(page, workspace, theme, (name) => keep(name, text));

  await openFile(page, join(workspace, scene.manyProblems));
  await squiggles(page, 'error').first().waitFor();
  await runCommand(page, 'View: Close Other Editors in Group');
  await openProblems(page);
  await keep('problems', text);
  await page.context().close();
}

/** A picture in a README should not make people wait. */
const LARGEST = 150_000;

function report(path: string): void {
  const { size: bytes } = statSync(path);
  console.log(`${path} (${Math.ceil(bytes / 1024)} kB)`);
  if (bytes > LARGEST) throw new Error(`${path} is larger than ${LARGEST / 1000} kB`);
}

async function areaOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`nothing to see at ${selector}`);
  return box;
}

/** The number, from 1, of the line that holds a text, read off the editor's margin. */
async function lineOf(page: Page, text: string): Promise<number> {
  const { y, height } = await placeOf(page, text);
  const numbers = page.locator('.editor-instance .margin-view-overlays .line-numbers');
  for (const number of await numbers.all()) {
    const box = await number.boundingBox();
    if (box !== null && Math.abs(box.y - y) < height / 2) return Number(await number.textContent());
  }
  throw new Error(`no line number beside "${text}"`);
}

await main();
