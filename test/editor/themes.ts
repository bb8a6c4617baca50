import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PersonContext } from './person.ts';

/** The themes that pictures of tests are looked at in, each with the class that the workbench then has. */
const THEMES = [
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['contrast', 'Default High Contrast', 'hc-black'],
  ['light', 'Default Light Modern', 'vs'],
] as const;

/** Takes a picture of the page, if asked for in each theme, the usual one last. */
export async function keepInThemes(context: Omit<PersonContext, 'run'>, name: string): Promise<void> {
  const { page, workspace, artifacts, allThemes } = context;
  if (!allThemes) {
    await page.screenshot({ path: join(artifacts, `${name}.png`) });
    return;
  }
  for (const [theme, colorTheme, className] of THEMES) {
    writeSettings(workspace, { 'workbench.colorTheme': colorTheme });
    await page.locator(`.monaco-workbench.${className}`).waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(artifacts, `${name}-${theme}.png`) });
  }
}

/** Adds settings of the open folder. */
export function writeSettings(workspace: string, settings: Readonly<Record<string, unknown>>): void {
  const file = join(workspace, '.vscode/settings.json');
  let before: object = {};
  try {
    before = JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch {
    mkdirSync(dirname(file), { recursive: true });
  }
  writeFileSync(file, `${JSON.stringify({ ...before, ...settings }, undefined, 2)}\n`);
}
