import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRegistry } from '../loopback-registry.ts';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  hoverOver,
  openFile,
  replaceAllText,
  runCommand,
  squigglesBeside,
  statusItem,
  waitUntil,
  webView,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['restricted', 'web-restricted'];
export const inShort = true;

export async function inRestrictedModeNothingReadsAsCheckedThatWasNot(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await squigglesBeside(page, 'warning', 'dependencies');
  await hoverOver(page, 'nodemailer', /not trusted/);
  await keepInThemes(context, 'restricted-hover');
  await page.keyboard.press('Escape');

  await replaceAllText(page, '{ "name": "clean", "private": true }\n');
  await waitUntil(
    page,
    async () => ((await statusItem(page).textContent()) ?? '').trim() === '?',
    'a question mark in the status bar',
  );
  const label = (await statusItem(page).getAttribute('aria-label')) ?? '';
  assert.match(label, /not trusted/);
}

/** In the browser, it would answer: `online` is on there, and pages of all origins may read what it says. */
export async function noRegistryOfAnUntrustedFolderIsAsked(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  const asked: string[] = [];
  const registry = await startRegistry('*', asked);
  try {
    const folder = join(workspace, 'untrusted');
    mkdirSync(folder);
    writeFileSync(join(folder, '.npmrc'), `@open:registry=http://127.0.0.1:${registry.port}/\n`);
    const manifest = { name: 'untrusted', private: true, dependencies: { '@open/one': '^1.0.0' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
    await openFile(page, join(folder, 'package.json'));
    await hoverOver(page, '@open/one', /not trusted/);
    await page.keyboard.press('Escape');
    await waitUntil(
      page,
      async () => /\?$/.test(((await statusItem(page).textContent()) ?? '').trim()),
      'a question mark in the status bar',
    );
    await runCommand(page, 'Dependency Hygiene: Show What Was Not Checked');
    await webView(page, 'Registries not queried: this workspace is not trusted.');
    await keepInThemes(context, 'restricted-not-checked');
  } finally {
    registry.stop();
  }
  assert.deepEqual(asked, []);
}
