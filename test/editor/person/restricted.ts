import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext, PersonModule } from '../person.ts';
import { hoverOver, openFile, replaceAllText, squigglesBeside, statusItem, waitUntil } from '../workbench.ts';

export const runs: PersonModule['runs'] = ['restricted'];

export async function inRestrictedModeNothingReadsAsCheckedThatWasNot(context: PersonContext): Promise<void> {
  const { page, workspace, artifacts } = context;
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await squigglesBeside(page, 'warning', 'dependencies');
  await hoverOver(page, 'nodemailer', /not trusted/);
  await page.screenshot({ path: join(artifacts, 'restricted-hover.png') });
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
