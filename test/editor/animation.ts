import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser, openWorkbench } from './browser.ts';
import { requireFfmpeg, runFfmpeg } from './ffmpeg.ts';
import { ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { repositoryRoot } from './paths.ts';
import { startEditor } from './server.ts';
import { offlineNpm, pictureSettings, plainTyping, quietSettings } from './settings.ts';
import {
  goTo,
  hoverOver,
  noSquiggleBeside,
  oneSquiggleUnder,
  openFile,
  openQuickFixes,
  statusItem,
} from './workbench.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** A picture with the time for which the animation shows it, in seconds. */
interface Frame {
  readonly path: string;
  readonly seconds: number;
}

const MANIFEST = `{
  "name": "shop",
  "version": "1.4.0",
  "private": true,
  "dependencies": {
    "express": "^5.1.0",
    "": "^4.18.1",
    "react": "^19.1.0"
  }
}
`;

/** The place between the quotes of the empty name. */
const EMPTY = { line: 7, column: 6 };

/** The animation shows one finding. */
const CONFIGURATION = '{ "rules": { "lockfile-missing": "off", "package-manager-unpinned": "off" } }\n';

const SIZE = { width: 760, height: 440 };

/** The largest size of the animation in bytes: it is the first thing that a README loads. */
const LARGEST = 200_000;

/**
 * Takes the README's animation in a real VS Code: a misspelled name is typed, marked, explained and fixed. Needs
 * ffmpeg. The pictures are those of the editor; only the times between them are set here.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repositoryRoot },
      out: { type: 'string', default: join(repositoryRoot, 'media') },
    },
  });
  const installed = ensureEditor(console.log);
  const chromium = ensureChromium(console.log);
  if ('reason' in installed) throw new Error(installed.reason);
  if ('reason' in chromium) throw new Error(chromium.reason);
  requireFfmpeg();

  const workspace = join(temporaryFolder('dependency-hygiene-workspace'), 'shop');
  const file = join(workspace, 'web/package.json');
  mkdirSync(join(workspace, 'web'), { recursive: true });
  writeFileSync(file, MANIFEST);
  writeFileSync(join(workspace, 'dependency-hygiene.json'), CONFIGURATION);
  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(resolve(values.extension), serverDataDir);
  const editor = await startEditor({
    editor: installed.path,
    workspaceTrust: false,
    serverDataDir,
    userSettings: {
      ...quietSettings('light'),
      ...pictureSettings,
      ...plainTyping,
      'editor.cursorBlinking': 'solid',
      'editor.hover.above': false,
    },
    machineSettings: { 'dependencyHygiene.online': false },
    env: { HOME: temporaryFolder('dependency-hygiene-home'), ...offlineNpm },
  });
  const browser = await openBrowser(chromium.path);
  try {
    const page = await openWorkbench(browser, editor.url(workspace), SIZE);
    await openFile(page, file);
    await page.keyboard.press('Control+B');
    await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    const frames = await act(page);
    const out = join(resolve(values.out), 'fix.gif');
    encode(frames, out);
    const { size } = statSync(out);
    const seconds = frames.reduce((sum, frame) => sum + frame.seconds, 0);
    console.log(`${out} (${Math.ceil(size / 1000)} kB, ${seconds.toFixed(1)} s)`);
    if (size > LARGEST) throw new Error(`${out} is larger than ${LARGEST / 1000} kB`);
  } finally {
    await browser.close();
    await editor.stop();
  }
}

async function act(page: Page): Promise<readonly Frame[]> {
  const folder = temporaryFolder('dependency-hygiene-frames');
  const frames: Frame[] = [];
  const keep = async (seconds: number) => {
    const path = join(folder, `${String(frames.length).padStart(3, '0')}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    frames.push({ path, seconds });
  };

  // The server has started before the first picture.
  await statusItem(page).waitFor({ timeout: 30_000 });
  await goTo(page, EMPTY.line, EMPTY.column);
  await keep(0.8);
  for (const letter of 'lodahs') {
    await page.keyboard.press(letter);
    await page.waitForTimeout(300);
    await keep(0.16);
  }
  await oneSquiggleUnder(page, 'warning', 'lodahs');
  await page.waitForTimeout(SETTLED);
  await keep(1.2);

  const card = await hoverOver(page, 'lodahs', /lodash/);
  await page.waitForTimeout(SETTLED);
  await card.getByText('Loading...').waitFor({ state: 'hidden' });
  await keep(3);
  await page.keyboard.press('Escape');
  await page.mouse.move(SIZE.width - 20, SIZE.height - 60);
  await page.locator('.monaco-resizable-hover .monaco-hover').first().waitFor({ state: 'hidden' });

  await openQuickFixes(page);
  await page.waitForTimeout(SETTLED);
  await keep(1.8);
  await page.keyboard.press('Enter');
  await noSquiggleBeside(page, 'warning', 'lodash');
  await page.waitForTimeout(SETTLED);
  await keep(2.2);
  return frames;
}

/** Counts and icons appear later than what they belong to. */
const SETTLED = 900;

/** Writes an endless animation with one palette, and of each picture only what differs from the one before. */
function encode(frames: readonly Frame[], out: string): void {
  const list = join(temporaryFolder('dependency-hygiene-frames'), 'list.txt');
  const lines = frames.map(({ path, seconds }) => `file '${path}'\nduration ${seconds}\n`);
  // The last duration counts only if a picture follows.
  writeFileSync(list, `${lines.join('')}file '${frames.at(-1)!.path}'\n`);
  const filter =
    'split[a][b];[a]palettegen=stats_mode=full:max_colors=128[p];[b][p]paletteuse=dither=none:diff_mode=rectangle';
  const input = ['-f', 'concat', '-safe', '0', '-i', list];
  runFfmpeg(...input, '-vf', filter, '-fps_mode', 'vfr', '-loop', '0', out);
}

await main();
