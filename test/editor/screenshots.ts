import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { takeAdvisoryPictures } from './advisory-pictures.ts';
import { openBrowser, openWorkbench } from './browser.ts';
import { reduceColors, requireFfmpeg } from './ffmpeg.ts';
import { ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { takeLockfilePictures } from './lockfile-pictures.ts';
import { takePagePictures } from './page-pictures.ts';
import { repositoryRoot } from './paths.ts';
import { type PictureRegistry, startPictureRegistry } from './picture-registry.ts';
import { takeReportPicture } from './report-picture.ts';
import { type Editor, startEditor } from './server.ts';
import { ANY_THEME, type AnyTheme, offlineNpm, pictureSettings, quietSettings } from './settings.ts';
import { takeTerminalPicture } from './terminal-picture.ts';
import {
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

/** The subjects of the README's pictures, all of them in the demo. */
const scene = {
  file: 'shop/package.json',
  /** A name with a warning and a fix. */
  misspelled: 'lodahs',
  /** A dependency whose card is long, with its registry's responses. */
  hovered: '"@acme/ui"',
  /** A manifest with findings of many rules. */
  manyProblems: 'legacy-api/package.json',
};

/** The window in the pictures, in CSS pixels; a README shows them about 800 wide. */
const size = { width: 1040, height: 640 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repositoryRoot },
      fixture: { type: 'string', default: join(repositoryRoot, 'test/fixtures/demo') },
      out: { type: 'string', default: join(repositoryRoot, 'media') },
      /** `hover`: the card alone. `pages`: the views of the extension, which no README shows, in every theme. */
      only: { type: 'string', default: '' },
      /** The themes of the pictures; a README shows the light and the dark one. */
      theme: { type: 'string', multiple: true },
    },
  });
  const installed = ensureEditor(console.log);
  const chromium = ensureChromium(console.log);
  if ('reason' in installed) throw new Error(installed.reason);
  if ('reason' in chromium) throw new Error(chromium.reason);
  const themes = chosenThemes(values.theme ?? (values.only === 'pages' ? ANY_THEME : ['light', 'dark']));
  requireFfmpeg();
  mkdirSync(values.out, { recursive: true });

  const browser = await openBrowser(chromium.path);
  const pictures = {
    browser,
    editor: installed.path,
    extension: resolve(values.extension),
    fixture: resolve(values.fixture),
    out: resolve(values.out),
  };
  try {
    if (values.only === 'pages') {
      for (const theme of themes) {
        const registry = await startPictureRegistry();
        await inEditor(pictures, theme, registry, ({ page, workspace, keep }) =>
          takePagePictures(page, workspace, keep),
        );
        registry.stop();
      }
      return;
    }
    const isWhole = values.only !== 'hover';
    if (isWhole) report(await takeTerminalPicture(browser, 'tampered', pictures.out));
    for (const theme of themes) {
      if (isWhole) report(await takeReportPicture(browser, 'shop', theme, pictures.out));
      if (isWhole) await inEditor(pictures, theme, undefined, takeOffline);
      const registry = await startPictureRegistry();
      await inEditor(pictures, theme, registry, takeHoverCard);
      registry.stop();
    }
  } finally {
    await browser.close();
  }
}

function chosenThemes(names: readonly string[]): AnyTheme[] {
  return names.map((name) => {
    const theme = ANY_THEME.find((known) => known === name);
    if (theme === undefined) throw new Error(`no theme "${name}"; there are ${ANY_THEME.join(', ')}`);
    return theme;
  });
}

interface Pictures {
  readonly browser: Browser;
  readonly editor: string;
  readonly extension: string;
  readonly fixture: string;
  readonly out: string;
}

/** A page of the editor that shows the manifest of the scene, and a function that saves a picture of it. */
interface Sitting {
  readonly page: Page;
  readonly workspace: string;
  readonly theme: AnyTheme;
  keep(name: string): Promise<void>;
}

/** Opens the editor; without a registry, none is queried. */
async function inEditor(
  pictures: Pictures,
  theme: AnyTheme,
  registry: PictureRegistry | undefined,
  take: (sitting: Sitting) => Promise<void>,
): Promise<void> {
  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(pictures.extension, serverDataDir);
  const home = temporaryFolder('dependency-hygiene-home');
  if (registry !== undefined) writeFileSync(join(home, '.npmrc'), registry.npmrc);
  const editor = await startEditor({
    editor: pictures.editor,
    workspaceTrust: false,
    serverDataDir,
    userSettings: { ...quietSettings(theme), ...pictureSettings },
    machineSettings: { 'dependencyHygiene.online': registry !== undefined },
    env: { HOME: home, ...(registry === undefined ? offlineNpm : registry.env) },
  });
  try {
    await take(await sitDown(pictures, theme, editor));
  } finally {
    await editor.stop();
  }
}

async function sitDown(
  { browser, fixture, out }: Pictures,
  theme: AnyTheme,
  editor: Editor,
): Promise<Sitting> {
  const workspace = copyWorkspace(fixture);
  const page = await openWorkbench(browser, editor.url(workspace), size);
  await openFile(page, join(workspace, scene.file));
  await squiggles(page, 'warning').first().waitFor();
  // Without the side bar the text has the full width, and the hover card does not reach over the picture's edge.
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  const keep = async (name: string) => {
    // Counts, icons and links of cards appear later; a picture is taken when nothing changes any more.
    await page.waitForTimeout(700);
    // VS Code's own part of a card on a package.
    await page.locator('.monaco-hover').getByText('Loading...').first().waitFor({ state: 'hidden' });
    const path = join(out, `${name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    report(path);
  };
  return { page, workspace, theme, keep };
}

async function takeHoverCard({ page, keep }: Sitting): Promise<void> {
  await hoverOver(page, scene.hovered, 'Published');
  // VS Code's own, empty card for the name appears late.
  await page.waitForTimeout(1500);
  await keep('hover');
  await page.context().close();
}

async function takeOffline({ page, workspace, theme, keep }: Sitting): Promise<void> {
  await keep('squiggles');

  await goTo(page, await lineOf(page, scene.misspelled), 8);
  await openQuickFixes(page);
  await keep('light-bulb');
  await page.keyboard.press('Escape');

  await takeLockfilePictures(page, workspace, theme, keep);
  await takeAdvisoryPictures(page, workspace, keep);

  await openFile(page, join(workspace, scene.manyProblems));
  await squiggles(page, 'error').first().waitFor();
  await runCommand(page, 'View: Close Other Editors in Group');
  await openProblems(page);
  await keep('problems');
  await page.context().close();
}

/** A picture in a README should load fast. */
const LARGEST = 120_000;

function report(path: string): void {
  reduceColors(path);
  const { size: bytes } = statSync(path);
  console.log(`${path} (${Math.ceil(bytes / 1024)} kB)`);
  if (bytes > LARGEST) throw new Error(`${path} is larger than ${LARGEST / 1000} kB`);
}

/** Returns the number, from 1, of the line with a text, read from the editor's margin. */
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
