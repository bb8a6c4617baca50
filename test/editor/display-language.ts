import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/**
 * Adds a language to a server that has not started yet, as an installed language pack does, but without texts of VS
 * Code itself: these stay English, and extensions bring their own.
 */
export function addLanguage(language: string, serverDataDir: string): void {
  const data = join(serverDataDir, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  const texts = join(data, `${language}.i18n.json`);
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: `${language}-without-texts`,
    label: language,
    extensions: [{ extensionIdentifier: { id: `test.language-pack-${language}` }, version: '1.0.0' }],
    translations: { vscode: texts },
  };
  writeFileSync(join(data, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  // Without this file the server takes English, whatever a page asks for.
  writeFileSync(join(data, 'User', 'argv.json'), '{}\n');
}

/** Opens the page again with VS Code in a language, as "Configure Display Language" does. */
export async function reopenIn(language: string, page: Page): Promise<void> {
  await page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url: page.url() }]);
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
}
