import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  editorLines,
  goTo,
  hoverOver,
  oneSquiggleUnder,
  openFile,
  openQuickFixes,
  replaceAllText,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'web'];
export const inShort = true;

const manifest = `{
  "name": "typed",
  "version": "1.0.0",
  "private": true,
  "dependencies": {
    "lodahs": "^4.0.0"
  }
}
`;

/** Leaves a manifest with one misspelled name, just typed and not saved, in the editor. */
async function typeManifest({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'shop/package.json'));
  await replaceAllText(page, manifest);
  await editorLines(page).filter({ hasText: '"typed"' }).waitFor();
}

export async function typingAMisspelledNameDrawsOneSquiggleUnderIt(context: PersonContext): Promise<void> {
  const { page } = context;
  await typeManifest(context);
  await oneSquiggleUnder(page, 'warning', 'lodahs');
  await keepInThemes(context, 'typed-squiggle');
}

export async function restingTheMouseOnADependencyShowsItsCard(context: PersonContext): Promise<void> {
  const { page, run } = context;
  await typeManifest(context);
  await oneSquiggleUnder(page, 'warning', 'lodahs');
  const card = await hoverOver(page, 'lodahs', /misspelling[\s\S]*declares/);
  await keepInThemes(context, 'hover-card');
  const text = (await card.textContent()) ?? '';
  assert.match(text, /typosquat-name/);
  const why = run === 'web' ? 'blocks requests from browsers' : 'offline';
  assert.match(text, new RegExp(`Not checked:.*${why}`));
  await page.keyboard.press('Escape');
}

export async function theLightBulbCorrectsTheName(context: PersonContext): Promise<void> {
  const { page } = context;
  await typeManifest(context);
  await oneSquiggleUnder(page, 'warning', 'lodahs');
  await goTo(page, 6, 7);
  const entries = await openQuickFixes(page);
  await keepInThemes(context, 'light-bulb');
  assert.match((await entries.first().textContent()) ?? '', /Replace with "lodash"/);
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: '"lodash": "' }).waitFor();
}
