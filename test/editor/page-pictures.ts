import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { seriousViolations } from '../page/open-page.ts';
import { chooseFrom, runCommand, runListCommand, webView } from './workbench.ts';

/** Installed files of the package that the pictures show. */
const INSTALLED: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "@acme/ui", "version": "2.4.0", "main": "index.js", "scripts": { "postinstall": "node fonts.js" } }\n',
  'index.js': "export const load = (name) => fetch('https://cdn.acme.example.test/' + name);\n",
  'fonts.js':
    "// Links the fonts of the system.\nconst { symlinkSync } = require('node:fs');\nsymlinkSync(process.env.ACME_FONTS, './fonts');\n",
};

/** Takes pictures of the views that the extension draws itself, from top to bottom. Fails if axe finds anything serious. */
export async function takePagePictures(
  page: Page,
  workspace: string,
  keep: (name: string) => Promise<void>,
): Promise<void> {
  for (const [path, text] of Object.entries(INSTALLED)) {
    const file = join(workspace, 'shop/node_modules/@acme/ui', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await runListCommand(page, 'Dependency Hygiene: Open Package Page', '@acme/ui');
  await chooseFrom(page, '@acme/ui');
  const view = await webView(page, 'From 2.4.0 to');
  await checked(view);
  await keep('package-page');
  for (const section of await view.locator('section[id]').all()) {
    await section.evaluate((element: Scrollable) => element.scrollIntoView());
    await keep(`package-page-${await section.getAttribute('id')}`);
  }
  await runCommand(page, 'Dependency Hygiene: Show Report');
  await checked(await webView(page, 'What to do first'));
  await keep('report-page');
  await page.context().close();
}

interface Scrollable {
  scrollIntoView(): void;
}

async function checked(view: Awaited<ReturnType<typeof webView>>): Promise<void> {
  const violations = await seriousViolations(view);
  if (violations.length > 0) throw new Error(violations.join('\n'));
}
