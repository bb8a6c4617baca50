import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { AnyTheme } from './settings.ts';
import { goTo, hoverOver, openFile, runCommand, squigglesBeside } from './workbench.ts';

/** A lockfile of `test/fixtures/managers` with the place of its picture: the URL of another package. */
interface Scene {
  readonly name: string;
  readonly file: string;
  /** The altered line, from 1. */
  readonly line: number;
  /** Whether long lines are wrapped at the edge of the picture. */
  readonly wrapped?: boolean;
  /** The hovered text, and the expected text of the card. */
  readonly hovered: string;
  readonly says: RegExp;
}

const SAYS = /downloads wrappy-1\.0\.2\.tgz/;
/** Short, as VS Code draws long tokens in pieces of fifty characters. */
const ADDRESS = 'example.test/wrappy';

const SCENES: readonly Scene[] = [
  { name: 'npm', file: 'npm/package-lock.json', line: 32, hovered: ADDRESS, says: SAYS },
  {
    name: 'yarn-classic',
    file: 'yarn-classic/yarn.lock',
    line: 16,
    hovered: ADDRESS,
    says: SAYS,
  },
  {
    name: 'yarn-berry',
    file: 'yarn-berry/yarn.lock',
    line: 33,
    hovered: 'example.test%2Fwrappy',
    says: SAYS,
  },
  { name: 'pnpm', file: 'pnpm/pnpm-lock.yaml', line: 55, wrapped: true, hovered: ADDRESS, says: SAYS },
  { name: 'bun', file: 'bun/bun.lock', line: 35, hovered: ADDRESS, says: SAYS },
];

/** Takes one picture of each format in the light theme, and one of them in the dark one. */
export async function takeLockfilePictures(
  page: Page,
  workspace: string,
  theme: AnyTheme,
  keep: (name: string) => Promise<void>,
): Promise<void> {
  for (const scene of theme === 'light' ? SCENES : SCENES.slice(-1)) {
    await openFile(page, join(workspace, 'managers', scene.file));
    await runCommand(page, 'View: Close Other Editors in Group');
    if (scene.wrapped === true) await runCommand(page, 'View: Toggle Word Wrap');
    await goTo(page, scene.line, 1);
    await squigglesBeside(page, 'error', scene.hovered);
    await hoverOver(page, scene.hovered, scene.says);
    await keep(`lockfile-${scene.name}`);
    await page.keyboard.press('Escape');
  }
}
